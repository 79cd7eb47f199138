// SPDX-License-Identifier: Apache-2.0
public import FaceModel
public import FaceUpload

/// What an import may do beyond adding portraits.
public struct ImportOptions: Sendable, Hashable {
    /// Makes the library with this type when it is not there.
    public var creates: LibraryType?
    /// Changes portraits that differ from what is stored.
    public var updates: Bool
    /// Deletes portraits that the source no longer has.
    public var removes: Bool
    /// How many may be deleted.
    public var deleteLimit: DeleteLimit
    /// Goes through everything without changing anything.
    public var isRehearsal: Bool
    /// Has the device judge each image before it is sent, one call each.
    public var asksDevice: Bool
    /// How many photos are prepared at once.
    public var workers: Int

    /// Collects the options of an import; without any, it only adds.
    ///
    /// - Parameters:
    ///   - creates: Makes the library with this type.
    ///   - updates: Changes portraits that differ.
    ///   - removes: Deletes portraits that the source no longer has.
    ///   - deleteLimit: How many may be deleted.
    ///   - isRehearsal: Changes nothing.
    ///   - asksDevice: Has the device judge each image before it is sent.
    ///   - workers: How many photos are prepared at once.
    public init(
        creates: LibraryType? = nil,
        updates: Bool = false,
        removes: Bool = false,
        deleteLimit: DeleteLimit = .standard,
        isRehearsal: Bool = false,
        asksDevice: Bool = false,
        workers: Int = 2
    ) {
        self.creates = creates
        self.updates = updates
        self.removes = removes
        self.deleteLimit = deleteLimit
        self.isRehearsal = isRehearsal
        self.asksDevice = asksDevice
        self.workers = workers
    }
}
