// SPDX-License-Identifier: Apache-2.0
internal import FaceModel
import FaceText
internal import FaceTransfer
import FaceUpload

/// What was asked of a job, kept in the ledger so that `job resume` asks the same again.
struct JobPlan: Sendable, Hashable {
    /// The profile or the file that `--quality` named.
    var quality = QualityOption.standard
    /// The type of the library that `--create` makes.
    var creates: LibraryType?
    /// Whether `--update` was given.
    var updates = false
    /// Whether `--remove` was given.
    var removes = false
    /// What `--max-delete` allows.
    var deleteLimit = DeleteLimit.standard
    /// What `--precheck` named.
    var precheck: Precheck?
    /// The file with the passphrase of an archive, by its full path.
    var passphraseFile: String?
    /// What `--encoding` named.
    var encoding: TextEncoding?
    /// Whether `--dry-run` was given.
    var isRehearsal = false

    /// The plan as one line of JSON.
    var json: String {
        let object: JSONValue = [
            "quality": .string(quality), "create": JSONValue(creates?.word), "update": .bool(updates),
            "remove": .bool(removes), "max_delete": .string(deleteLimit.text),
            "precheck": JSONValue(precheck?.rawValue), "passphrase_file": JSONValue(passphraseFile),
            "encoding": JSONValue(encoding?.name), "dry_run": .bool(isRehearsal),
        ]
        return object.line
    }

    /// What the stages are told.
    ///
    /// - Parameter workers: How many photos are prepared at once.
    /// - Returns: The options of the transfer.
    func options(workers: Int) -> ImportOptions {
        ImportOptions(
            creates: creates,
            updates: updates,
            removes: removes,
            deleteLimit: deleteLimit,
            isRehearsal: isRehearsal,
            asksDevice: precheck == .device,
            workers: workers
        )
    }
}

extension JobPlan {
    /// Reads a plan back from the ledger.
    ///
    /// - Parameter json: What ``json`` wrote.
    /// - Throws: ``CommandError`` when the text is not a plan.
    init(reading json: String) throws {
        let object = try JSONReader.value(in: json)
        if case .string(let text) = object["quality"] { quality = text }
        if case .string(let word) = object["create"] { creates = LibraryType(word: word) }
        updates = object["update"] == .bool(true)
        removes = object["remove"] == .bool(true)
        if case .string(let word) = object["precheck"] { precheck = Precheck(rawValue: word) }
        if case .string(let text) = object["passphrase_file"] { passphraseFile = text }
        encoding = TextEncoding(reading: object["encoding"])
        isRehearsal = object["dry_run"] == .bool(true)
        if case .string(let text) = object["max_delete"] { deleteLimit = DeleteLimit(text) ?? .standard }
    }
}
