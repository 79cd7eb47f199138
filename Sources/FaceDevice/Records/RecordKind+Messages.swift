// SPDX-License-Identifier: Apache-2.0

extension RecordKind {
    /// The message that lists records.
    var query: Message {
        switch self {
        case .captures: .captures
        case .alarms: .alarms
        case .bodies: .bodies
        case .bodyAlarms: .bodyAlarms
        case .strangers: .strangers
        case .wandering: .wanderingAlarms
        case .profile: .profile
        }
    }

    /// The message that exports a page.
    var pageExport: Message {
        switch self {
        case .captures: .exportCapturePage
        case .alarms: .exportAlarmPage
        case .bodies: .exportBodyPage
        case .bodyAlarms: .exportBodyAlarmPage
        case .strangers: .exportStrangerPage
        case .wandering: .exportWanderingAlarmPage
        case .profile: .exportProfilePage
        }
    }

    /// The message that exports chosen records.
    var chosenExport: Message {
        switch self {
        case .captures: .exportCaptures
        case .alarms: .exportAlarms
        case .bodies: .exportBodies
        case .bodyAlarms: .exportBodyAlarms
        case .strangers: .exportStrangers
        case .wandering: .exportWanderingAlarms
        case .profile: .exportProfile
        }
    }

    /// The parameter of ``chosenExport`` that names the records.
    var idsParameter: String { self == .strangers ? "person_ids" : "snap_ids" }

    /// The fields of a record that ``idsParameter`` takes, the first that is there; a stranger has its id twice (K1).
    var idFields: [String] { self == .strangers ? ["person_id", "img_id"] : ["snap_id"] }

    /// Whether the channel is one of a list in the message, not a number.
    private var listsChannels: Bool { self == .strangers || self == .profile }

    /// Writes what a filter says in the words of this kind's query and page export.
    func write(_ filter: RecordFilter, to message: inout MessageWriter) {
        if let person = filter.person { message.field("person_id", person) }
        if let channel = filter.channel {
            if listsChannels {
                message.field("channels", String(channel))
            } else {
                message.field("channel", channel)
            }
        }
        if self == .captures, let library = filter.libraries.first { message.field("lib_name", library.name) }
        if self == .alarms, !filter.libraries.isEmpty {
            message.field("lib_ids", filter.libraries.map { String($0.id) }.joined(separator: ","))
        }
        if let period = filter.period {
            message.field("start_time", period.from)
            message.field("stop_time", period.to)
        }
        guard criteria.contains(.aliveness) else { return }
        let kinds = filter.aliveness.isEmpty ? Set(RecordFilter.Aliveness.allCases) : filter.aliveness
        message.field("alive_type", kinds.map(\.rawValue).sorted().map { String($0) }.joined(separator: ","))
    }
}

extension Message {
    fileprivate static let captures = Message(id: "1037", purpose: "list the captures", effect: .reads)
    fileprivate static let exportCapturePage = export("1040", "a page of captures")
    fileprivate static let exportCaptures = export("1043", "the captures")
    fileprivate static let alarms = Message(id: "1036", purpose: "list the alarms", effect: .reads)
    fileprivate static let exportAlarmPage = export("1039", "a page of alarms")
    fileprivate static let exportAlarms = export("1042", "the alarms")
    fileprivate static let bodies = Message(id: "1046", purpose: "list the body captures", effect: .reads)
    fileprivate static let exportBodyPage = export("1048", "a page of body captures")
    fileprivate static let exportBodies = export("1047", "the body captures")
    fileprivate static let bodyAlarms = Message(id: "1068", purpose: "list the body alarms", effect: .reads)
    fileprivate static let exportBodyAlarmPage = export("1070", "a page of body alarms")
    fileprivate static let exportBodyAlarms = export("1069", "the body alarms")
    fileprivate static let strangers = Message(id: "2053", purpose: "list the strangers", effect: .reads)
    fileprivate static let exportStrangerPage = export("2049", "a page of strangers")
    fileprivate static let exportStrangers = export("2050", "the strangers")
    fileprivate static let wanderingAlarms = Message(id: "2054", purpose: "list the wandering alarms", effect: .reads)
    fileprivate static let exportWanderingAlarmPage = export("2055", "a page of wandering alarms")
    fileprivate static let exportWanderingAlarms = export("2056", "the wandering alarms")
    fileprivate static let profile = Message(id: "1065", purpose: "list the profile", effect: .reads)
    fileprivate static let exportProfilePage = export("2051", "a page of the profile")
    fileprivate static let exportProfile = export("2052", "captures of the profile")

    /// A stranger by id (2057).
    static let stranger = Message(id: "2057", purpose: "return the stranger", effect: .reads)
    /// The person behind a capture (1066).
    static let personBehindCapture = Message(id: "1066", purpose: "name the person behind a capture", effect: .reads)

    private static func export(_ id: String, _ what: String) -> Message {
        Message(id: id, purpose: "export \(what)", effect: .reads)
    }
}
