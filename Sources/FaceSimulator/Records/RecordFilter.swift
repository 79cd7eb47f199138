// SPDX-License-Identifier: Apache-2.0
import GRDB

/// What a query or an export selects records by (Q1 to Q4, Q8).
struct RecordFilter: Sendable {
    let kind: RecordKind
    private var channels: [Int]?
    private var times: (from: String?, to: String?)
    private var alive: [Int]?
    private var alarmTypes: [String]?
    private var libraryName: String?
    private var libraryType: Int?
    private(set) var libraries: [Int]?
    private(set) var person: String?

    /// Reads the fields that count for a kind.
    ///
    /// - Parameters:
    ///   - kind: What is asked for.
    ///   - fields: The request's fields.
    ///   - quirks: Which reading the device follows.
    /// - Throws: ``DeviceFault`` with -3596 for values out of range.
    init(_ kind: RecordKind, _ fields: Fields, _ quirks: Quirks) throws(DeviceFault) {
        self.kind = kind
        let known = 1...quirks.channelMaximum
        if kind == .strangers || kind == .profile {
            channels = try Self.numbers("channels", fields, known)
        } else {
            channels = try fields.integer("channel").map { [$0] }
        }
        guard channels?.allSatisfy({ known.contains($0) }) ?? true else { throw DeviceFault(.parameter) }
        times = (try Self.time("start_time", fields), try Self.time("stop_time", fields))
        if times.from != nil, times.to == nil, !quirks[.stopOptional] { throw DeviceFault(.parameter) }
        if let standard = kind.aliveDefault { alive = try Self.numbers("alive_type", fields, 0...2) ?? standard }
        if kind == .bodyAlarms, let text = try fields.text("alarm_type"), !text.isEmpty {
            alarmTypes = Self.parts(text)
        }
        if kind == .captures || kind == .alarms {
            libraryName = try fields.text("lib_name").flatMap { $0.isEmpty ? nil : $0 }
            libraryType = try fields.integer("lib_type")
            guard libraryType.map({ $0 == 1 || $0 == 2 }) ?? true else { throw DeviceFault(.parameter) }
        }
        if kind == .alarms { libraries = try Self.numbers("lib_ids", fields, 0...Int.max) }
        if kind == .profile { person = try fields.requiredText("person_id") }
    }

    /// The condition on the rows of ``DeviceStore/recordRows``.
    var condition: SQL {
        var condition: SQL = "r.kind = \(kind.rawValue) AND r.hidden = 0"
        // An alarm without a portrait that raised it is none yet.
        if kind == .alarms { condition += " AND r.lib_id IS NOT NULL" }
        if let channels { condition += " AND r.channel IN \(channels)" }
        if let from = times.from { condition += " AND r.snap_time >= \(from)" }
        if let to = times.to { condition += " AND r.snap_time <= \(to)" }
        if let alive { condition += " AND r.alive_type IN \(alive)" }
        if let libraryName { condition += " AND l.lib_name = \(libraryName)" }
        if let libraryType { condition += " AND l.lib_type = \(libraryType)" }
        if let libraries { condition += " AND r.lib_id IN \(libraries)" }
        if let person { condition += " AND r.img_id = \(person)" }
        if let alarmTypes {
            condition += " AND (0"
            for type in alarmTypes { condition += " OR instr(r.alarm_types, \(",\(type),")) > 0" }
            condition += ")"
        }
        return condition
    }

    /// Whole numbers with commas between them; `nil` when there are none.
    private static func numbers(
        _ name: String,
        _ fields: Fields,
        _ range: ClosedRange<Int>
    ) throws(DeviceFault) -> [Int]? {
        guard let text = try fields.text(name) else { return nil }
        let parts = parts(text)
        let numbers = parts.compactMap { Int($0) }
        guard numbers.count == parts.count, numbers.allSatisfy({ range.contains($0) }) else {
            throw DeviceFault(.parameter)
        }
        return numbers.isEmpty ? nil : numbers
    }

    private static func parts(_ text: String) -> [String] {
        text.split { $0 == "," || $0 == " " }.map(String.init)
    }

    /// A time as the device writes it; `nil` when it is left out or empty.
    private static func time(_ name: String, _ fields: Fields) throws(DeviceFault) -> String? {
        guard let text = try fields.text(name), !text.isEmpty else { return nil }
        let shape = text.map { $0.isASCII && $0.isNumber ? "0" : $0 }
        guard String(shape) == "0000-00-00 00:00:00" else { throw DeviceFault(.parameter) }
        return text
    }
}
