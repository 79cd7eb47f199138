// SPDX-License-Identifier: Apache-2.0

/// A record as replies and archives show it.
struct RecordFields: Sendable {
    let quirks: Quirks
    /// Whether identity code and address are masked (M1, E10).
    let isMasked: Bool

    typealias Members = [(String, ReplyValue)]

    /// The fields of the kind's query.
    func members(_ record: StoredRecord) -> Members {
        switch record.drawn.kind {
        case .captures: camera(record) + snap(record) + comparison(record) + face(record)
        case .alarms: camera(record) + snap(record) + comparison(record) + face(record) + portrait(record)
        case .bodies: camera(record) + snap(record) + body(record)
        case .bodyAlarms: camera(record) + snap(record) + body(record) + bodyAlarm(record)
        case .strangers: camera(record) + stranger(record)
        case .wandering:
            camera(record) + snap(record) + comparison(record) + face(record) + wandering(record)
                + [("create_time", .text(record.match?.strangerTime ?? ""))]
        case .profile: camera(record) + snap(record) + comparison(record) + face(record) + wandering(record)
        }
    }

    /// The fields of 1066: who a capture is of.
    func owner(_ record: StoredRecord) -> Members {
        camera(record) + snap(record) + comparison(record) + [
            ("alarm_type", .integer(alarmType(record))), ("event_type", .integer(0)),
            ("img_id", .text(record.match?.imgID ?? "")), attributes(record),
        ]
    }

    /// The columns of the kind's CSV: every field that is one value, then the attributes; no features.
    static func columns(_ kind: RecordKind, _ members: Members) -> [String] {
        let plain = members.compactMap { name, value -> String? in
            if case .object = value { return nil }
            return name == "feature" ? nil : name
        }
        return plain + (kind.isBody ? BodyAttributes.names : FaceAttributes.names)
    }

    /// The record's values for some columns.
    static func cells(_ members: Members, _ columns: [String]) -> [String] {
        var texts: [String: String] = [:]
        for (name, value) in members {
            guard case .object(let inner) = value else {
                texts[name] = value.plainText
                continue
            }
            for (name, value) in inner { texts[name] = value.plainText }
        }
        return columns.map { texts[$0] ?? "" }
    }

    private func camera(_ record: StoredRecord) -> Members {
        [
            ("camera_name", .text("Gate \(record.channel)")), ("channel", .integer(record.channel)),
            ("position", .text("Floor \(record.channel % 3)")),
            ("snap_path", .text(quirks.shownPath(record.path))), ("trigger", .text(record.time)),
        ]
    }

    private func snap(_ record: StoredRecord) -> Members { [("snap_id", .text(record.snapID))] }

    private func comparison(_ record: StoredRecord) -> Members {
        let isPortrait = record.match.map { $0.libraryID != StoredLibrary.greylistID } ?? false
        return [
            ("lib_id", .integer(record.match?.libraryID ?? 0)), ("lib_name", .text(record.match?.libraryName ?? "")),
            ("lib_type", .integer(record.match?.libraryType ?? 0)), ("ranking", .integer(1)),
            ("similarity", .integer(isPortrait ? record.drawn.similarity : 0)),
            ("threshold", .integer(isPortrait ? 75 : 85)),
        ]
    }

    private func face(_ record: StoredRecord) -> Members {
        [("alive_type", .integer(record.aliveType ?? 0)), attributes(record)]
    }

    private func attributes(_ record: StoredRecord) -> (String, ReplyValue) {
        let values = record.drawn.attributes.map { ($0, ReplyValue.text($1)) }
        return (record.drawn.kind.isBody ? "body_attr" : "face_attr", .object(values))
    }

    private func body(_ record: StoredRecord) -> Members {
        [("quality", .integer(record.drawn.quality)), attributes(record)]
    }

    private func bodyAlarm(_ record: StoredRecord) -> Members {
        let zeros = [
            "helmet_type", "work_cloth_type", "work_cloth_color", "person_nums_in_area", "person_nums_crossline",
            "person_nums_cross_backline",
        ]
        return [("alarm_type", .text(record.drawn.alarmTypes.joined(separator: ",")))]
            + zeros.map { ($0, .integer(0)) }
    }

    /// The portrait that raised an alarm; empty when it is gone.
    private func portrait(_ record: StoredRecord) -> Members {
        let person = record.portrait?.person ?? Person()
        func shown(_ text: String) -> ReplyValue { .text(isMasked ? quirks.masked(text, width: 6) : text) }
        return [
            ("create_time", .text(record.portrait?.createTime ?? "")), ("img_id", .text(record.match?.imgID ?? "")),
            ("img_path", .text(quirks.shownPath(record.portrait?.imgPath ?? ""))),
            ("person_addr", shown(person.address)), ("person_age", .text(person.age)),
            ("person_gender", .text(person.gender)), ("person_idcard", shown(person.identity)),
            ("person_name", quirks[.maskName] ? shown(person.name) : .text(person.name)),
        ]
    }

    private func stranger(_ record: StoredRecord) -> Members {
        [
            ("person_id", .text(record.snapID)), ("img_id", .text(record.snapID)), ("img_path", .text("")),
            ("lib_id", .integer(StoredLibrary.greylistID)), ("count", .integer(0)), ("similarity", .integer(0)),
            ("threshold", .integer(85)), ("quality", .decimal(Double(record.drawn.quality) / 100)),
            ("feature", .text(record.drawn.features)), ("appear_count", .integer(record.match?.appearCount ?? 1)),
            ("wander_channels", .text("1,2")), ("wander_threshold", .integer(5)), attributes(record),
        ]
    }

    /// What wandering alarms and profiles say of the stranger.
    private func wandering(_ record: StoredRecord) -> Members {
        let isAlarm = record.drawn.kind == .wandering
        return [
            ("img_id", .text(record.match?.imgID ?? "")),
            ("img_path", .text(quirks.shownPath(record.match?.strangerPath ?? ""))),
            ("alarm_type", .integer(alarmType(record))), ("appear_count", .integer(record.match?.appearCount ?? 0)),
            ("event_type", .integer(isAlarm ? 1 + record.drawn.number % 2 : 0)), ("wander_channels", .text("1,2")),
            ("wander_deviceID", .text(isAlarm ? "Gate \(record.channel)" : "")),
            ("wander_trigger", .text(isAlarm ? record.time : "")),
            ("stranger_appear_channel", .integer(record.match?.strangerChannel ?? 0)),
        ]
    }

    /// 1 for a hit in a library, 3 for one in the stranger library, 0 for none.
    private func alarmType(_ record: StoredRecord) -> Int {
        record.match.map { $0.libraryID == StoredLibrary.greylistID ? 3 : 1 } ?? 0
    }
}

extension ReplyValue {
    /// A single value as text.
    fileprivate var plainText: String {
        switch self {
        case .integer(let number): String(number)
        case .decimal(let number): "\(number)"
        case .text(let text): text
        case .null, .list, .object: ""
        }
    }
}
