// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice
internal import FaceTransfer

/// What was asked of an export of records, kept in the ledger so that `job resume` asks the same again.
struct RecordsPlan: Sendable, Hashable {
    /// The device by its name in the configuration.
    var device: String
    /// Which records are taken.
    var selection: RecordSelection
    /// Whether `--dry-run` was given.
    var isRehearsal = false

    init(device: String, selection: RecordSelection, isRehearsal: Bool) {
        self.device = device
        self.selection = selection
        self.isRehearsal = isRehearsal
    }

    /// What a report calls the source.
    var source: String { "\(device)/\(selection.kind.rawValue)" }

    /// The plan as one line of JSON.
    var json: String {
        let alive = selection.aliveness.map(\.rawValue).sorted().map { JSONValue($0) }
        let object: JSONValue = [
            "device": .string(device), "kind": .string(selection.kind.rawValue), "from": JSONValue(selection.from),
            "to": JSONValue(selection.to), "channel": JSONValue(selection.channel),
            "libraries": .array(selection.libraries.map { .string($0) }), "alive": .array(alive),
            "person": JSONValue(selection.person), "dry_run": .bool(isRehearsal),
        ]
        return object.line
    }
}

extension RecordsPlan {
    /// Reads a plan back from the ledger.
    ///
    /// - Parameter json: What ``json`` wrote.
    /// - Throws: ``CommandError`` when the text is not a plan.
    init(reading json: String) throws {
        let object = try JSONReader.value(in: json)
        func text(_ key: String) -> String? { if case .string(let text) = object[key] { text } else { nil } }
        func list(_ key: String) -> [JSONValue] { if case .array(let values) = object[key] { values } else { [] } }
        guard let device = text("device"), let kind = text("kind").flatMap(RecordKind.init(rawValue:)) else {
            throw CommandError.failed("The ledger does not say which records the job was about.")
        }
        self.device = device
        selection = RecordSelection(
            kind,
            from: text("from"),
            to: text("to"),
            channel: object["channel"]?.integer,
            libraries: list("libraries").compactMap { if case .string(let name) = $0 { name } else { nil } },
            aliveness: Set(list("alive").compactMap { $0.integer.flatMap(RecordFilter.Aliveness.init(rawValue:)) }),
            person: text("person")
        )
        isRehearsal = object["dry_run"] == .bool(true)
    }
}
