// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceFiles
import FaceImaging
import FaceModel
import FaceSources
import Foundation
import SystemPackage

/// A folder of images with a `records.csv`.
///
/// Until the export is finished, two journals stand in a hidden folder within it: the listing, and the records that
/// are settled. So memory does not grow with the records, and a job goes on with the listing that it began with.
actor RecordFolder: RecordSpill {
    private static let listing = "listing"
    /// Written when the listing is whole.
    private static let listed = "listed.json"
    private static let settled = "settled"

    private let path: String
    private var opened: (folder: TargetFolder, staging: TargetFolder)?
    private var names = RecordImageNames()
    /// Where the entry of each record begins in the journal of settled ones, by ordinals; -1 for none.
    private var places: [Int] = []
    private var end = 0

    /// Names a folder by its absolute path.
    init(path: String) { self.path = path }

    /// A private folder for archives under way; it goes with ``finish(_:keepsJournals:)``.
    nonisolated var scratch: String { FolderTarget.scratch(of: path) }

    /// Says whether the target can be one, before anything is recorded or changed.
    nonisolated func inspect(isResumed: Bool) throws { try FolderTarget(path: path).inspect(isResumed: isResumed) }

    /// Whether an earlier attempt left its journals.
    nonisolated var hasListing: Bool {
        [Self.listing, Self.listed].allSatisfy { name in
            if case .success(.file) = FilePath(scratch).appending(name).kind(followingLinks: false) {
                true
            } else {
                false
            }
        }
    }

    /// Makes the folder, or opens it again; what is no journal goes.
    func open() throws {
        let folder = try TargetFolder(making: path)
        let staging = try TargetFolder(making: scratch)
        let journals = [Self.listing, Self.listed, Self.settled]
        for name in try staging.names() where !journals.contains(name) { try staging.remove(name) }
        try folder.syncNames()
        opened = (folder, staging)
    }

    // MARK: The listing

    func begin() throws {
        for name in [Self.listed, Self.listing, Self.settled] { try staging.remove(name) }
        try staging.append([], to: Self.listing)
    }

    func take(_ entries: [RecordEntry]) throws { try staging.append(entries.flatMap(\.encoded), to: Self.listing) }

    /// Declares the listing whole.
    func finishListing(_ head: RecordListing.Head) throws {
        try staging.replace(Self.listed, by: Array(JSONEncoder().encode(head)))
    }

    /// What was said of the listing; `nil` when there is none that is whole.
    func head() throws -> RecordListing.Head? {
        guard hasListing, let bytes = try staging.contents(of: Self.listed) else { return nil }
        return try JSONDecoder().decode(RecordListing.Head.self, from: Data(bytes))
    }

    /// The records of the listing, from the first.
    func records() throws -> sending EntryReader { try EntryReader(path: scratch + "/" + Self.listing) }

    // MARK: Records that are settled

    /// Takes up what earlier attempts wrote; what the ledger does not know as settled is dropped.
    func takeUp(_ count: Int, _ settled: @Sendable ([String]) async throws -> Set<String>) async throws {
        let staging = try staging
        places = Array(repeating: -1, count: count)
        let renewed = "settled.new"
        try staging.remove(renewed)
        try staging.append([], to: renewed)
        if try staging.names().contains(Self.settled) {
            let earlier = try EntryReader(path: scratch + "/" + Self.settled)
            while case let entries = try earlier.next(500), !entries.isEmpty {
                let known = try await settled(entries.map(\.key))
                let kept = entries.filter { known.contains($0.key) }
                for entry in kept { names.note(entry.image, id: entry.record.id, digest: entry.imageDigest) }
                try append(kept, to: renewed)
            }
        }
        try staging.move(renewed, to: staging, as: Self.settled)
        try staging.syncNames()
    }

    /// Stores records so that neither a kill nor a power cut loses them.
    func store(_ records: [FetchedRecord]) throws {
        let (folder, staging) = try current
        var entries: [RecordEntry] = []
        var images: [(name: String, bytes: [UInt8])] = []
        for record in records {
            var entry = record.entry
            if let image = record.image {
                entry.imageDigest = Digest(of: image).prefix
                entry.image = names.name(
                    id: entry.record.id,
                    key: entry.key,
                    digest: entry.imageDigest,
                    fileExtension: image.pictureExtension
                )
                images.append((entry.image, image))
            }
            entries.append(entry)
        }
        try staging.put(images, into: folder)
        try append(entries, to: Self.settled)
    }

    private func append(_ entries: [RecordEntry], to name: String) throws {
        var bytes: [UInt8] = []
        for entry in entries {
            if places.indices.contains(entry.ordinal) { places[entry.ordinal] = end + bytes.count }
            bytes += entry.encoded
        }
        try staging.append(bytes, to: name)
        end += bytes.count
    }

    // MARK: The end

    /// Writes the table in the order of the listing and removes what was only needed on the way.
    ///
    /// - Parameters:
    ///   - kind: What kind of records they are.
    ///   - keepsJournals: Whether the job may be taken up again, since records failed.
    /// - Throws: ``TargetError`` with the system's own words.
    func finish(_ kind: RecordKind, keepsJournals: Bool) throws {
        let (folder, staging) = try current
        let journal = try EntryReader(path: scratch + "/" + Self.settled)
        let places = places.filter { $0 >= 0 }
        var table = RecordTable(kind)
        for place in places { try table.note(journal.entry(at: place).record) }
        let renewed = "records.new"
        try staging.remove(renewed)
        var text = table.head
        for place in places {
            text += table.line(try journal.entry(at: place))
            guard text.utf8.count > 1 << 18 else { continue }
            try staging.append(text, to: renewed)
            text = ""
        }
        try staging.append(text, to: renewed)
        try staging.move(renewed, to: folder, as: RecordTable.name)
        try folder.syncNames()
        guard !keepsJournals else { return }
        try sweep()
    }

    /// Removes the journals, those first that make a listing whole.
    func sweep() throws {
        try staging.remove(Self.listed)
        try staging.syncNames()
        try staging.removeAll()
    }

    private var staging: TargetFolder { get throws { try current.staging } }
    private var current: (folder: TargetFolder, staging: TargetFolder) {
        get throws {
            guard let opened else { throw TargetError(.failed, "\(path) was not opened") }
            return opened
        }
    }
}
