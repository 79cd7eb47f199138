// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel

/// Asks for what a query leaves out or shows only as a mask (design rule 3).
///
/// Alarms: the portrait's attributes in clear (1067), once a portrait. Strangers: what 2057 says beyond 2053.
/// Profiles: whose capture it is (1066), where 1065 does not say.
struct RecordCompletion {
    private let source: ExportedRecords
    private var clear: [String: ListedPortrait?] = [:]
    private var barren = 0

    init(_ source: ExportedRecords) { self.source = source }

    /// The most portraits whose attributes are remembered.
    private static let remembered = 4096
    /// A device that so often in a row said nothing new is not asked any more.
    private static let patience = 8

    /// Completes a record as far as the device can.
    ///
    /// - Parameter record: The record as listed.
    /// - Returns: The record; what is masked still is what nobody can have.
    /// - Throws: `DeviceError` when the device cannot be reached, and `CancellationError`.
    mutating func complete(_ record: DeviceRecord) async throws -> DeviceRecord {
        switch source.kind {
        case .alarms: try await unmask(record)
        case .strangers: try await ask(record, expecting: Self.strangerFields) { try await $0.stranger($1) }
        case .profile: try await ask(record, expecting: ["img_id"]) { try await $0.person(behind: $1) }
        case .captures, .bodies, .bodyAlarms, .wandering: record
        }
    }

    private mutating func unmask(_ record: DeviceRecord) async throws -> DeviceRecord {
        guard record.isMasked, let library = record["lib_id"].flatMap({ Int($0) }), let id = record["img_id"],
            !id.isEmpty, let portrait = try await attributes(of: id, in: library)
        else { return record }
        var record = record
        record.fill([
            "person_name": portrait.name, "person_idcard": portrait.identity, "person_gender": portrait.gender,
            "person_age": portrait.age, "person_addr": portrait.address,
        ])
        return record
    }

    private mutating func attributes(of id: String, in library: Int) async throws -> ListedPortrait? {
        let key = "\(library)/\(id)"
        if let known = clear[key] { return known }
        let device = source.device
        let found = try await Self.answer {
            try await device.clearAttributes(of: PortraitID(asListed: id), in: library)
        }
        if clear.count == Self.remembered { clear = [:] }
        clear[key] = .some(found)
        return found
    }

    private mutating func ask(
        _ record: DeviceRecord,
        expecting names: [String],
        _ question: (any Device, String) async throws -> DeviceRecord?
    ) async throws -> DeviceRecord {
        guard barren < Self.patience, !record.id.isEmpty, record.isMasked || record.lacks(names) else { return record }
        let device = source.device
        var completed = record
        if let told = try await Self.answer({ try await question(device, record.id) }) { completed.add(told) }
        barren = completed == record ? barren + 1 : 0
        return completed
    }

    /// A device that refuses to tell more leaves the record as it is.
    private static func answer<Value>(_ question: () async throws -> Value?) async throws -> Value? {
        do {
            return try await question()
        } catch let error as DeviceError where error.code == .refused || error.code == .malformedReply {
            return nil
        }
    }

    /// What 2057 tells (interface 3.30).
    private static let strangerFields = [
        "person_id", "camera_name", "channel", "position", "trigger", "count", "similarity", "threshold", "snap_path",
        "quality", "feature", "lib_id", "img_id", "img_path", "face_attr", "wander_threshold", "appear_count",
        "wander_channels",
    ]
}

extension DeviceRecord {
    /// Whether a value is shown only as a mask.
    var isMasked: Bool { fields.contains { $0.text == nil } }

    /// The names of the values that are shown only as masks.
    var maskedFields: [String] { fields.filter { $0.text == nil }.map(\.name) }

    /// Whether one of these fields is not there, neither alone nor as an object.
    fileprivate func lacks(_ names: [String]) -> Bool {
        let there = Set(fields.map { String($0.name.prefix { $0 != "." }) })
        return !there.isSuperset(of: names)
    }

    /// Takes over values where this record has only masks.
    fileprivate mutating func fill(_ values: [String: String?]) {
        for index in fields.indices where fields[index].text == nil {
            fields[index].text = values[fields[index].name] ?? nil
        }
    }

    /// Takes over what another answer about the same record says and this one does not.
    fileprivate mutating func add(_ other: DeviceRecord) {
        for field in other.fields {
            guard let text = field.text, !text.isEmpty else { continue }
            if let index = fields.firstIndex(where: { $0.name == field.name }) {
                if fields[index].text ?? "" == "" { fields[index].text = text }
            } else {
                fields.append(.init(name: field.name, text: text))
            }
        }
        if imagePath.isEmpty { imagePath = other.imagePath }
        if matchedImagePath.isEmpty { matchedImagePath = other.matchedImagePath }
    }
}
