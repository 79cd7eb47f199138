// SPDX-License-Identifier: Apache-2.0
public import FaceDevice

/// Which records of a device are taken, in the words of people: libraries by their names, times as far as they are known.
public struct RecordSelection: Sendable, Hashable {
    /// What kind of records.
    public var kind: RecordKind
    /// The first second, in the device's local time (`yyyy-MM-dd HH:mm:ss`).
    public var from: String?
    /// The last second, in the device's local time.
    public var to: String?
    /// The channel of the camera.
    public var channel: Int?
    /// The names of the libraries that the matched portrait is in.
    public var libraries: [String]
    /// What the device makes of the faces; none stands for all.
    public var aliveness: Set<RecordFilter.Aliveness>
    /// The stranger whose profile it is, by its id or by that of one of its captures.
    public var person: String?

    /// Chooses records; without any choice, all of the kind.
    ///
    /// - Parameters:
    ///   - kind: What kind of records.
    ///   - from: The first second, in the device's local time.
    ///   - to: The last second, in the device's local time.
    ///   - channel: The channel of the camera.
    ///   - libraries: The names of libraries.
    ///   - aliveness: What the device makes of the faces.
    ///   - person: The stranger whose profile it is.
    public init(
        _ kind: RecordKind,
        from: String? = nil,
        to: String? = nil,
        channel: Int? = nil,
        libraries: [String] = [],
        aliveness: Set<RecordFilter.Aliveness> = [],
        person: String? = nil
    ) {
        self.kind = kind
        self.from = from
        self.to = to
        self.channel = channel
        self.libraries = libraries
        self.aliveness = aliveness
        self.person = person
    }

    /// Why records of this kind cannot be chosen so: one sentence without a full stop, `nil` when they can.
    public var objection: String? {
        // What stands for the libraries here does not matter, only how many there are.
        let named = libraries.map { RecordFilter.Library(id: 0, name: $0) }
        if let objection = kind.objection(to: filter(in: period(untilNow: ""), named)) { return objection }
        if let from, let to, from > to { return "\(from) is later than \(to)" }
        return nil
    }

    /// The period; devices take both ends or none (interface Q2), so `now` stands in for an end that is not named.
    func period(untilNow now: String) -> RecordFilter.Period? {
        guard from != nil || to != nil else { return nil }
        return RecordFilter.Period(from: from ?? "1970-01-01 00:00:00", to: to ?? now)
    }

    /// The filter in the device's words.
    func filter(in period: RecordFilter.Period?, _ libraries: [RecordFilter.Library]) -> RecordFilter {
        RecordFilter(period: period, channel: channel, libraries: libraries, aliveness: aliveness, person: person)
    }
}
