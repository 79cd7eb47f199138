// SPDX-License-Identifier: Apache-2.0
internal import FaceModel
internal import FaceTransfer

/// What was asked of an export, kept in the ledger so that `job resume` asks the same again.
struct ExportPlan: Sendable, Hashable {
    /// Which portraits are taken.
    var selection = ExportSelection()
    /// The file with the passphrase of a zip, by its full path; `nil` where one is generated.
    var passphraseFile: String?
    /// What opens the repository that a snapshot is exported from.
    var repository = RepositoryAccess(passphraseFile: nil, keyFile: nil)
    /// Whether `--dry-run` was given.
    var isRehearsal = false

    /// The plan as one line of JSON.
    var json: String {
        let ids = selection.ids.map { JSONValue($0.map(\.text).joined(separator: ",")) }
        let object: JSONValue = [
            "ids": ids ?? .null, "since": JSONValue(selection.since), "passphrase_file": JSONValue(passphraseFile),
            "repository": .object(repository.members), "dry_run": .bool(isRehearsal),
        ]
        return object.line
    }
}

extension ExportPlan {
    /// Reads a plan back from the ledger.
    ///
    /// - Parameter json: What ``json`` wrote.
    /// - Throws: ``CommandError`` when the text is not a plan.
    init(reading json: String) throws {
        let object = try JSONReader.value(in: json)
        if case .string(let text) = object["ids"] {
            selection.ids = text.split(separator: ",").map { PortraitID(asListed: String($0)) }
        }
        if case .string(let text) = object["since"] { selection.since = text }
        if case .string(let text) = object["passphrase_file"] { passphraseFile = text }
        if let access = object["repository"] { repository = RepositoryAccess(reading: access) }
        isRehearsal = object["dry_run"] == .bool(true)
    }
}
