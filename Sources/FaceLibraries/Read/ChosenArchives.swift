// SPDX-License-Identifier: Apache-2.0
package import FaceArchive
import FaceDevice
import FaceSources

/// How the image of a portrait or record is had.
package enum FetchWay: Sendable {
    /// From an archive that is here.
    case entry(ArchiveMatching.Match, ArchiveInHand)
    /// One by one: no archive has it, or it breaks archives.
    case single

    /// Whether an archive has it.
    package var isArchived: Bool { if case .entry = self { true } else { false } }

    /// The image out of its archive; `nil` where there is none, or this entry is damaged.
    package var image: [UInt8]? {
        if case .entry(let match, let archive) = self { try? archive.zip.read(match.entry) } else { nil }
    }
}

/// Fetches chosen portraits or records by archives, in ever smaller ones where the device refuses them.
package struct ChosenArchives<Item: Sendable> {
    package let archives: ArchiveExport
    /// The item's id on the device.
    package let id: (Item) -> String
    /// The path under which the device keeps the item's image.
    package let path: (Item) -> String
    /// What the device is asked for.
    let request: ([Item]) -> ArchiveExport.Request

    package init(
        archives: ArchiveExport,
        id: @escaping (Item) -> String,
        path: @escaping (Item) -> String,
        request: @escaping ([Item]) -> ArchiveExport.Request
    ) {
        self.archives = archives
        self.id = id
        self.path = path
        self.request = request
    }

    /// Fetches the archives of some items.
    ///
    /// - Parameters:
    ///   - items: The items, as many as a message takes at most, each of another id.
    ///   - giveUp: Called when this device's archives cannot be read, whatever they hold.
    /// - Returns: How each item is had, in order.
    /// - Throws: `DeviceError` when the device cannot be reached, and `CancellationError`.
    package func fetch(_ items: ArraySlice<Item>, giveUp: (ArchiveError) -> Void) async throws -> [(
        item: Item, way: FetchWay
    )] {
        // For a single item an archive is no saving.
        guard items.count > 1 else { return items.map { ($0, .single) } }
        switch try await archives.fetch(request(Array(items))) {
        case .archive(let archive, _):
            let paths = items.map { (SourcePath.name(of: path($0)), id($0)) }.filter { !$0.0.isEmpty }
            let matches = archive.matching.assign(
                Set(items.map(id)),
                imagePaths: Dictionary(paths) { first, _ in first }
            )
            return items.map { item in (item, matches[id(item)].map { .entry($0, archive) } ?? .single) }
        case .nothing: return items.map { ($0, .single) }
        case .refused: return try await fetchHalves(of: items, giveUp)
        case .unreadable(let error) where error.code == .unsafeName: return try await fetchHalves(of: items, giveUp)
        case .unreadable(let error):
            giveUp(error)
            return items.map { ($0, .single) }
        }
    }

    /// A comma or a line break behind a mask: the smaller the archives, the fewer items suffer from it.
    private func fetchHalves(
        of items: ArraySlice<Item>,
        _ giveUp: (ArchiveError) -> Void
    ) async throws -> [(item: Item, way: FetchWay)] {
        let middle = items.startIndex + items.count / 2
        return try await fetch(items[..<middle], giveUp: giveUp) + fetch(items[middle...], giveUp: giveUp)
    }
}

extension Device {
    /// Says that archives are of no use.
    package func unreadableArchives(_ error: ArchiveError, of what: String) -> String {
        "the archives of \(name) cannot be read (\(error)), so its \(what) are fetched one by one"
    }
}
