// SPDX-License-Identifier: Apache-2.0

/// What cameras leave behind: seven kinds of records (3.14 to 3.22, 3.27 to 3.37, chapter 7).
enum RecordKind: String, CaseIterable, Sendable {
    case captures
    case alarms
    case bodies
    case bodyAlarms = "body-alarms"
    case strangers
    case wandering
    case profile

    /// The values of `alive_type` that count when a query names none (Q3); `nil` where it is no filter.
    var aliveDefault: [Int]? {
        switch self {
        case .captures: [0, 1, 2]
        case .alarms: [0, 2]
        default: nil
        }
    }

    /// Whether records are of a person of the stranger library.
    var isOfStrangers: Bool { [.strangers, .wandering, .profile].contains(self) }

    var isBody: Bool { self == .bodies || self == .bodyAlarms }

    /// Where the picture of a capture lies (section "Paths and downloads").
    func path(_ snapID: String, channel: Int) -> String {
        switch self {
        case .captures, .alarms, .wandering: "record/\(snapID).jpg"
        case .bodies, .bodyAlarms: "record/\(channel + 16)/body/\(snapID).jpg"
        case .strangers, .profile: "record/channel\(channel)/face/\(snapID).jpg"
        }
    }

    /// The beginning of the archive's name (E5).
    func prefix(isChosen: Bool) -> String {
        switch self {
        case .captures: "catch"
        case .alarms, .wandering: "alarm"
        case .bodies, .bodyAlarms: "body"
        case .strangers: isChosen ? "catch" : "grey"
        case .profile: isChosen ? "catch" : "greylist_detail"
        }
    }

    /// The longest page of an export (E7, K5).
    var exportMaximum: Int { self == .profile ? 50 : Page.exportMaximum }

    /// The field with the ids of a chosen export.
    var chosenField: String { self == .strangers ? "person_ids" : "snap_ids" }
}
