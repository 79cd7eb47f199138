// SPDX-License-Identifier: Apache-2.0

/// A repository of snapshots that was opened from this machine.
public struct KnownRepository: Sendable, Hashable {
    /// Where it was, by its full path.
    public var path: String
    /// What tells it apart from others; `""` where an earlier format of the ledger did not say.
    public var id: String
    /// When it was last opened to be changed, in seconds since 1970.
    public var seen: Double

    /// Describes a repository.
    ///
    /// - Parameters:
    ///   - path: Where it is, by its full path.
    ///   - id: What tells it apart from others.
    ///   - seen: When it was opened, in seconds since 1970.
    public init(path: String, id: String, seen: Double) {
        self.path = path
        self.id = id
        self.seen = seen
    }
}
