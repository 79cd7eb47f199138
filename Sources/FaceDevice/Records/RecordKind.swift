// SPDX-License-Identifier: Apache-2.0

/// A kind of record that a device keeps beside portraits (interface chapters 3 and 7).
///
/// The raw value is the word of the command line.
public enum RecordKind: String, Sendable, Hashable, CaseIterable {
    /// Faces that cameras captured (1037, 1040, 1043).
    case captures
    /// Captured faces that matched a portrait (1036, 1039, 1042).
    case alarms
    /// Bodies that cameras captured (1046, 1048, 1047).
    case bodies
    /// Captured bodies that raised an alarm (1068, 1070, 1069).
    case bodyAlarms = "body-alarms"
    /// People whom the device knows without a portrait (2053, 2049, 2050).
    case strangers
    /// Strangers who wandered or stayed (2054, 2055, 2056).
    case wandering
    /// The captures of one stranger (1065, 2051, 2052).
    case profile

    /// The most records that a query returns.
    public static let queryLimit = 50
    /// The most records that an export of chosen ones takes.
    public static let chosenLimit = 50
    /// The most records that a page of an export holds (interface E7, K5).
    public var exportPageLimit: Int { self == .profile ? 50 : 500 }

    /// By what records of this kind can be chosen.
    public var criteria: Set<RecordFilter.Criterion> {
        switch self {
        case .captures: [.period, .channel, .library, .aliveness]
        case .alarms: [.period, .channel, .library, .libraries, .aliveness]
        case .bodies, .bodyAlarms, .strangers, .wandering: [.period, .channel]
        case .profile: [.period, .channel, .person]
        }
    }

    /// Why records of this kind cannot be chosen so.
    ///
    /// - Parameter filter: What is asked for.
    /// - Returns: One sentence without a full stop, `nil` when they can.
    public func objection(to filter: RecordFilter) -> String? {
        let refused = filter.criteria.subtracting(criteria).map(\.words).sorted()
        if let first = refused.first { return "\(rawValue) cannot be chosen by \(first)" }
        if self == .profile, filter.person == nil { return "a profile is that of one person, and none is named" }
        return nil
    }
}
