// SPDX-License-Identifier: Apache-2.0

/// For how long reads are tried again while a device cannot be reached.
public struct Patience: Sendable, Hashable {
    /// While it has not answered yet: an address that is wrong shall not cost a minute.
    public var atFirst: Duration
    /// Once it has answered, as it may be starting anew.
    public var later: Duration

    /// Sets both times.
    ///
    /// - Parameters:
    ///   - atFirst: While the device has not answered yet.
    ///   - later: Once it has answered.
    public init(atFirst: Duration, later: Duration) {
        self.atFirst = atFirst
        self.later = later
    }

    /// For commands that a person waits for: three seconds.
    public static var quick: Patience { .init(atFirst: .seconds(3), later: .seconds(3)) }
    /// For jobs: three seconds at first, later a minute.
    public static var standard: Patience { .init(atFirst: .seconds(3), later: .seconds(60)) }
}
