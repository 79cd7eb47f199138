// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// A library's listing, spilled to a private file so that memory does not grow with the library.
///
/// The file is made when the listing begins and goes when ``close()`` is called or the process ends;
/// files of processes that died are swept when the next listing begins.
public protocol Listing: Sendable {
    /// Adds a page; an id that was listed before counts as repeated (the listing was unstable).
    func add(_ entries: [ListingEntry]) async throws
    /// How many different ids were listed.
    func count() async throws -> Int
    /// How many entries named an id that was there already.
    func repeatedCount() async throws -> Int
    /// The entries of these ids; ids that are not listed are left out.
    func entries(of ids: [PortraitID]) async throws -> [PortraitID: ListingEntry]
    /// The entries in the byte order of their ids, whether seen or not, `limit` at a time after `id`.
    func entries(after id: PortraitID?, limit: Int) async throws -> [ListingEntry]
    /// Notes that these ids are seen and returns the entries of those that were listed and not seen before, in order.
    func takeUnseen(_ ids: [PortraitID]) async throws -> [ListingEntry]
    /// Notes that the source has these ids.
    func markSeen(_ ids: [PortraitID]) async throws
    /// How many listed ids the source does not have.
    func unseenCount() async throws -> Int
    /// Listed ids that the source does not have, in order, `limit` at a time after `id`.
    func unseen(after id: PortraitID?, limit: Int) async throws -> [ListingEntry]
    /// Gives the file up.
    func close() async
}

/// One portrait of a listing; a field is `nil` where the device masked it.
public struct ListingEntry: Sendable, Hashable {
    /// The id.
    public var imgID: PortraitID
    /// The version stamp.
    public var stamp: String
    /// The image's path.
    public var imagePath: String
    /// The name.
    public var name: String?
    /// The identity code.
    public var identity: String?
    /// The gender text.
    public var gender: String?
    /// The age text.
    public var age: String?
    /// The address.
    public var address: String?

    /// Describes a listed portrait.
    public init(
        imgID: PortraitID,
        stamp: String,
        imagePath: String,
        name: String?,
        identity: String?,
        gender: String?,
        age: String?,
        address: String?
    ) {
        self.imgID = imgID
        self.stamp = stamp
        self.imagePath = imagePath
        self.name = name
        self.identity = identity
        self.gender = gender
        self.age = age
        self.address = address
    }
}
