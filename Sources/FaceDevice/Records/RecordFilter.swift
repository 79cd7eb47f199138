// SPDX-License-Identifier: Apache-2.0

/// Which records of a kind are meant; an empty filter means all of them.
public struct RecordFilter: Sendable, Hashable {
    /// A time from and until, both included.
    public struct Period: Sendable, Hashable {
        /// The first second, `yyyy-MM-dd HH:mm:ss` in the device's local time.
        public var from: String
        /// The last second.
        public var to: String

        /// Takes a period; devices take both ends or none (interface Q2).
        ///
        /// - Parameters:
        ///   - from: The first second, in the device's local time.
        ///   - to: The last second.
        public init(from: String, to: String) {
            self.from = from
            self.to = to
        }
    }

    /// A library as a filter names it.
    public struct Library: Sendable, Hashable {
        /// Its id on the device.
        public var id: Int
        /// Its name.
        public var name: String

        /// Takes a library.
        ///
        /// - Parameters:
        ///   - id: Its id on the device.
        ///   - name: Its name.
        public init(id: Int, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// What the device makes of a face: whether it is a living one.
    public enum Aliveness: Int, Sendable, Hashable, CaseIterable {
        case unknown = 0
        case notAlive = 1
        case alive = 2
    }

    /// By what records are chosen.
    public enum Criterion: Sendable, Hashable {
        case period, channel, library, libraries, aliveness, person

        /// What a person calls it.
        var words: String {
            switch self {
            case .period: "time"
            case .channel: "channel"
            case .library: "library"
            case .libraries: "more than one library"
            case .aliveness: "aliveness"
            case .person: "person"
            }
        }
    }

    /// When they were captured.
    public var period: Period?
    /// The channel of the camera.
    public var channel: Int?
    /// The libraries that the matched portrait is in.
    public var libraries: [Library]
    /// What the device makes of the faces; none stands for all, which is not every device's own default (interface Q3).
    public var aliveness: Set<Aliveness>
    /// The stranger whose profile it is.
    public var person: String?

    /// Collects a filter.
    ///
    /// - Parameters:
    ///   - period: When the records were captured.
    ///   - channel: The channel of the camera.
    ///   - libraries: The libraries that the matched portrait is in.
    ///   - aliveness: What the device makes of the faces.
    ///   - person: The stranger whose profile it is.
    public init(
        period: Period? = nil,
        channel: Int? = nil,
        libraries: [Library] = [],
        aliveness: Set<Aliveness> = [],
        person: String? = nil
    ) {
        self.period = period
        self.channel = channel
        self.libraries = libraries
        self.aliveness = aliveness
        self.person = person
    }

    /// By what this filter chooses.
    public var criteria: Set<Criterion> {
        var criteria: Set<Criterion> = []
        if period != nil { criteria.insert(.period) }
        if channel != nil { criteria.insert(.channel) }
        if !libraries.isEmpty { criteria.insert(.library) }
        if libraries.count > 1 { criteria.insert(.libraries) }
        if !aliveness.isEmpty { criteria.insert(.aliveness) }
        if person != nil { criteria.insert(.person) }
        return criteria
    }

    /// Whether a record that a device returned is meant; how devices filter is not documented well (interface Q8).
    ///
    /// - Parameter record: A record as listed.
    /// - Returns: `false` only when its channel, its library or its aliveness is there and another one.
    public func covers(_ record: DeviceRecord) -> Bool {
        func agrees(_ name: String, _ wanted: [Int]) -> Bool {
            guard !wanted.isEmpty, let text = record[name], let number = Int(text) else { return true }
            return wanted.contains(number)
        }
        return agrees("channel", channel.map { [$0] } ?? []) && agrees("lib_id", libraries.map(\.id))
            && agrees("alive_type", aliveness.map(\.rawValue))
    }
}
