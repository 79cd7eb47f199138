// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// Which portraits of a library an export takes.
public struct ExportSelection: Sendable, Hashable {
    /// These portraits only; all of them, if `nil`.
    public var ids: [PortraitID]?
    /// Portraits that the device stored at this time or later, in its local time (`yyyy-MM-dd HH:mm:ss`).
    public var since: String?

    /// Whether the whole library is taken.
    var isEverything: Bool { ids == nil && since == nil }

    /// Chooses portraits; without any choice, all of them.
    ///
    /// - Parameters:
    ///   - ids: These portraits only.
    ///   - since: Portraits stored at this time or later, in the device's local time.
    public init(ids: [PortraitID]? = nil, since: String? = nil) {
        self.ids = ids
        self.since = since
    }

    /// The chosen portraits, each once.
    var distinctIDs: [PortraitID] {
        var seen: Set<PortraitID> = []
        return (ids ?? []).filter { seen.insert($0).inserted }
    }

    /// Whether a listed portrait is taken, as far as its time tells; a time in another form than the
    /// documented one cannot be compared, and such a portrait is taken.
    func takes(storedAt createTime: String) -> Bool {
        guard let since, createTime.count == since.count else { return true }
        return createTime >= since
    }
}
