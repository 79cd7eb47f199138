// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// A portrait as it was on the device, kept before it is changed or deleted there.
public struct SafePortrait: Sendable, Hashable {
    /// The library it was in.
    public var library: LibraryKey
    /// The portrait's id.
    public var imgID: PortraitID
    /// The job that keeps it.
    public var job: String
    /// Why it is kept.
    public var purpose: SafePurpose
    /// When it was kept, in seconds since 1970.
    public var kept: Double
    /// Its attributes in clear.
    public var attributes: PersonAttributes
    /// Its image as the device gave it; empty where only its attributes are kept.
    public var image: [UInt8]

    /// Describes a portrait for the safe.
    public init(
        library: LibraryKey,
        imgID: PortraitID,
        job: String,
        purpose: SafePurpose,
        kept: Double,
        attributes: PersonAttributes,
        image: [UInt8]
    ) {
        self.library = library
        self.imgID = imgID
        self.job = job
        self.purpose = purpose
        self.kept = kept
        self.attributes = attributes
        self.image = image
    }
}

/// Why a portrait is in the safe.
public enum SafePurpose: String, Sendable, Hashable {
    /// Its image is being replaced; put it back if the new one is not stored.
    case replacement
    /// It was not in the source any more and is removed.
    case removal
    /// Its attributes are being changed in place; the entry may hold no image.
    case attributes
}

/// A portrait in the safe that waits for a resolution, without its content.
public struct SafeEntry: Sendable, Hashable {
    /// The portrait's id.
    public var imgID: PortraitID
    /// The job that kept it.
    public var job: String
    /// Why it is there.
    public var purpose: SafePurpose
}

/// What became of a portrait in the safe.
public enum SafeResolution: String, Sendable, Hashable {
    /// What was to be changed is changed; the trash keeps what was there before.
    case replaced
    /// The old portrait is on the device again; the entry is erased.
    case putBack
    /// The portrait was removed as intended; the trash keeps it.
    case removed
}

/// A portrait in the trash, without its content: one that was replaced, changed or removed as intended.
public struct TrashEntry: Sendable, Hashable, Identifiable {
    /// The handle of an entry; it never means another one, also after its own was erased.
    public struct ID: Sendable, Hashable {
        let number: Int64
    }

    /// The handle under which ``Ledger/trashed(_:)`` gives the content.
    public var id: ID
    /// The portrait's id.
    public var imgID: PortraitID
    /// The library it was in.
    public var library: LibraryKey
    /// Why it was kept.
    public var purpose: SafePurpose
    /// When it was kept, in seconds since 1970.
    public var kept: Double
}

/// Some entries of the trash in order.
public struct TrashPage: Sendable {
    /// The entries, oldest first.
    public var entries: [TrashEntry]
    /// Where to go on, `nil` at the end.
    public var next: TrashEntry.ID?
}
