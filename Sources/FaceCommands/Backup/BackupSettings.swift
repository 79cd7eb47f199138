// SPDX-License-Identifier: Apache-2.0
internal import FaceTransfer

/// What was asked of a backup, kept in the ledger so that `job resume` asks the same again.
struct BackupSettings: Sendable, Hashable {
    /// Whether `--full` was given.
    var readsEverything = false
    /// What `--reread` says, from 0 to 1.
    var rereadShare = 1.0 / 7
    /// What opens the repository.
    var access: RepositoryAccess
    /// Whether `--dry-run` was given.
    var isRehearsal = false
    /// Whether `--new-repository` was given; whoever takes the job up again does not make another one.
    var makesNewRepository = false

    /// The settings as JSON.
    var json: JSONValue {
        JSONValue.object(
            [
                .init(key: "full", value: .bool(readsEverything)),
                .init(key: "reread", value: .number(String(rereadShare))),
                .init(key: "dry_run", value: .bool(isRehearsal)),
            ] + access.members
        )
    }

    /// What the job is told.
    var options: BackupOptions {
        var options = BackupOptions()
        options.readsEverything = readsEverything
        options.rereadShare = rereadShare
        options.isRehearsal = isRehearsal
        options.workers = Workers.count
        return options
    }
}

extension BackupSettings {
    /// Reads settings back from the ledger.
    ///
    /// - Parameter json: What ``json`` wrote.
    /// - Throws: ``CommandError`` when the text is none of it.
    init(reading json: String) throws {
        let object = try JSONReader.value(in: json)
        access = RepositoryAccess(reading: object)
        readsEverything = object["full"] == .bool(true)
        if case .number(let digits) = object["reread"] { rereadShare = Double(digits) ?? 0 }
        isRehearsal = object["dry_run"] == .bool(true)
    }
}
