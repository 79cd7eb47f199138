// SPDX-License-Identifier: Apache-2.0
import FaceText
internal import FaceTransfer
import FaceUpload

/// What was asked of a mirror, kept in the ledger so that `job resume` asks the same again, and in plans.
struct MirrorSettings: Sendable, Hashable {
    /// Whether `--create` was given.
    var creates = false
    /// Whether `--remove` was given.
    var removes = false
    /// What `--max-delete` allows.
    var deleteLimit = DeleteLimit.standard
    /// Whether `--full` was given.
    var readsEverything = false
    /// What `--reread` says, from 0 to 1.
    var rereadShare = 0.0
    /// What opens archives and repositories.
    var access = RepositoryAccess(passphraseFile: nil, keyFile: nil)
    /// What `--encoding` named.
    var encoding: TextEncoding?
    /// The plan that is carried out, by its full path.
    var plan: String?
    /// The states of both sides that the plan was made for, by which it is told from another one in the same file.
    var planState: String?
    /// The job that is undone.
    var undoes: String?
    /// Whether nothing is to be changed.
    var isRehearsal = false
    /// What was said to a restore only, so that libraries it did not come to are restored in the same way.
    var restoring = Restoring()

    /// What only `backup restore` is told.
    struct Restoring: Sendable, Hashable {
        /// Whether `--yes` was given.
        var isAgreed = false
        /// Whether `--rebind-cameras` was given.
        var rebindsCameras = false

        fileprivate var members: [JSONValue.Member] {
            (isAgreed ? [.init(key: "yes", value: .bool(true))] : [])
                + (rebindsCameras ? [.init(key: "rebind_cameras", value: .bool(true))] : [])
        }
    }

    /// The settings as JSON.
    var json: JSONValue {
        .object(
            [
                .init(key: "create", value: .bool(creates)), .init(key: "remove", value: .bool(removes)),
                .init(key: "max_delete", value: .string(deleteLimit.text)),
                .init(key: "full", value: .bool(readsEverything)),
                .init(key: "reread", value: .number(String(rereadShare))),
                .init(key: "encoding", value: JSONValue(encoding?.name)),
                .init(key: "apply", value: JSONValue(plan)), .init(key: "apply_state", value: JSONValue(planState)),
                .init(key: "undo", value: JSONValue(undoes)),
                .init(key: "dry_run", value: .bool(isRehearsal)),
            ] + restoring.members + access.members
        )
    }

    /// What the job is told.
    var options: MirrorOptions {
        var options = MirrorOptions()
        options.creates = creates
        options.removes = removes
        options.deleteLimit = deleteLimit
        options.readsEverything = readsEverything
        options.rereadShare = rereadShare
        options.isRehearsal = isRehearsal
        options.workers = Workers.count
        return options
    }
}

extension MirrorSettings {
    /// Reads settings back.
    ///
    /// - Parameter object: What ``json`` gave.
    init(reading object: JSONValue) {
        creates = object["create"] == .bool(true)
        removes = object["remove"] == .bool(true)
        if case .string(let text) = object["max_delete"] { deleteLimit = DeleteLimit(text) ?? .standard }
        readsEverything = object["full"] == .bool(true)
        if case .number(let digits) = object["reread"] { rereadShare = Double(digits) ?? 0 }
        access = RepositoryAccess(reading: object)
        encoding = TextEncoding(reading: object["encoding"])
        if case .string(let text) = object["apply"] { plan = text }
        if case .string(let text) = object["apply_state"] { planState = text }
        if case .string(let text) = object["undo"] { undoes = text }
        isRehearsal = object["dry_run"] == .bool(true)
        restoring.isAgreed = object["yes"] == .bool(true)
        restoring.rebindsCameras = object["rebind_cameras"] == .bool(true)
    }
}
