// SPDX-License-Identifier: Apache-2.0
import FaceArchive
package import FaceLedger
import FaceModel

/// Which pack has which image, spilled like a listing so that memory does not grow with the repository.
///
/// It is made anew from the packs' own directories whenever a repository is worked on: there is nothing beside them that
/// could contradict them.
package struct ImageIndex: Sendable {
    private let listing: any Listing

    /// How many images are noted together.
    private static let groupLength = 500

    /// An image and where it lies.
    package struct Place: Sendable, Hashable {
        package let image: String
        package let pack: String
        /// How many bytes it takes there.
        let bytes: Int
    }

    /// Begins without images.
    init(in ledger: any Ledger) async throws { listing = try await ledger.beginListing() }

    /// Reads the directories of a repository's packs.
    ///
    /// - Parameters:
    ///   - repository: The repository.
    ///   - ledger: Where the index is spilled.
    ///   - problem: Takes packs whose directory cannot be read, and why; their images are not in the index.
    /// - Returns: The index.
    /// - Throws: `LedgerError`, and what `problem` throws.
    package static func of(
        _ repository: Repository,
        in ledger: any Ledger,
        _ problem: (Catalog.Pack, String) throws -> Void = { _, _ in }
    ) async throws -> ImageIndex {
        let index = try await ImageIndex(in: ledger)
        // An image that was stored anew, since its first copy was damaged, is meant by its newer one.
        for pack in repository.catalog.packs.reversed() {
            let entries: [ZipEntry]
            do {
                entries = try PackReading.archive(pack.file, of: repository).entries
            } catch {
                try problem(pack, error.description)
                continue
            }
            if entries.count != pack.images {
                try problem(pack, "it has \(counted(entries.count, "image")), and \(pack.images) by the catalog")
            }
            try await index.add(entries.map { Place(image: $0.name, pack: pack.file, bytes: $0.compressedSize) })
        }
        return index
    }

    /// Notes images; one that is there already stays where it is.
    func add(_ places: [Place]) async throws {
        for start in stride(from: 0, to: places.count, by: Self.groupLength) {
            let group = places[start..<min(start + Self.groupLength, places.count)]
            try await listing.add(group.map(ListingEntry.init))
        }
    }

    /// Where some images lie; those that are nowhere are left out.
    package func places(of images: [String]) async throws -> [String: Place] {
        let found = try await listing.entries(of: images.map(PortraitID.init(asListed:)))
        return Dictionary(found.values.map { ($0.imgID.text, Place($0)) }) { first, _ in first }
    }

    /// Notes that some images are needed.
    func markUsed(_ images: [String]) async throws {
        try await listing.markSeen(images.map(PortraitID.init(asListed:)))
    }

    /// Images that nobody needs, in the order of their names, `limit` at a time.
    func unused(after image: String?, limit: Int) async throws -> [Place] {
        try await listing.unseen(after: image.map(PortraitID.init(asListed:)), limit: limit).map(Place.init)
    }

    /// How many images there are.
    package func count() async throws -> Int { try await listing.count() }

    /// All images in the order of their names, `limit` at a time.
    func places(after image: String?, limit: Int) async throws -> [Place] {
        try await listing.entries(after: image.map(PortraitID.init(asListed:)), limit: limit).map(Place.init)
    }

    /// Gives the file up.
    package func close() async { await listing.close() }
}

extension ImageIndex.Place {
    fileprivate init(_ entry: ListingEntry) {
        self.init(image: entry.imgID.text, pack: entry.stamp, bytes: Int(entry.imagePath) ?? 0)
    }
}

extension ListingEntry {
    /// What a listing keeps of an image.
    fileprivate init(_ place: ImageIndex.Place) {
        self.init(
            imgID: PortraitID(asListed: place.image),
            stamp: place.pack,
            imagePath: "\(place.bytes)",
            name: nil,
            identity: nil,
            gender: nil,
            age: nil,
            address: nil
        )
    }
}
