// SPDX-License-Identifier: Apache-2.0
import FaceFiles
package import FaceImaging
package import FaceLedger
package import FaceModel
import FacePipeline

/// Learns of a library what its listing does not tell, and has the ledger remember it.
package struct LibraryStudy: Sendable {
    package let library: any PortraitLibrary
    /// The library's listing.
    package let listing: any Listing
    package let ledger: any Ledger
    package let workshop: ImageWorkshop
    /// How many portraits are worked on at once.
    package let workers: Int
    /// Takes why portraits could not be read.
    package let failures: ReadFailures

    package init(
        library: any PortraitLibrary,
        listing: any Listing,
        ledger: any Ledger,
        workshop: ImageWorkshop,
        workers: Int,
        failures: ReadFailures
    ) {
        self.library = library
        self.listing = listing
        self.ledger = ledger
        self.workshop = workshop
        self.workers = workers
        self.failures = failures
    }

    /// How many portraits are learned together, in one transaction.
    private static let groupLength = 128

    /// Reads what is needed and learns it.
    ///
    /// - Parameter needs: Some portraits of the library.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    package func satisfy(_ needs: ReadingNeeds) async throws {
        try await readWhole(needs.whole)
        var last: PortraitID?
        while true {
            let entries = try await needs.attributes.entries(after: last, limit: Self.groupLength)
            guard let end = entries.last else { return }
            last = end.imgID
            try await readAttributes(of: entries)
        }
    }

    /// Reads the attributes again in clear that were read longest ago (`--reread`).
    ///
    /// - Parameter share: Which share of the library, from 0 to 1.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    package func reread(_ share: Double) async throws {
        var rest = Int((Double(try await listing.count()) * share).rounded(.up))
        // What cannot be read stays the oldest; it is not asked for twice.
        var unread: Set<PortraitID> = []
        while rest > 0 {
            let limit = unread.count + min(rest, Self.groupLength)
            let ids = try await ledger.oldestReadings(in: library.key, limit: limit).filter { !unread.contains($0) }
            if ids.isEmpty { return }
            rest -= ids.count
            let entries = try await listing.entries(of: ids)
            // What is not there any more must not be met again.
            try await ledger.forget(ids.filter { entries[$0] == nil }, in: library.key)
            unread.formUnion(try await readAttributes(of: ids.compactMap { entries[$0] }))
        }
    }

    /// What a portrait that was read is remembered by; the photo it was once made of stays known.
    private func fingerprint(_ portrait: PortraitInHand, known: KnownPortrait?) -> PortraitFingerprint {
        let image = portrait.image ?? []
        let digest = ledger.digests.digest(of: image)
        return PortraitFingerprint(
            photo: known?.fingerprint.photo ?? digest,
            image: digest,
            attributes: FaceModel.Digest(of: portrait.attributes),
            hash: workshop.hash(of: image)?.words ?? []
        )
    }

    private func readWhole(_ wanted: any Listing) async throws {
        let fetched = Channel<FetchedRow>()
        let learned = Channel<KnownPortrait?>()
        try await withThrowingTaskGroup { stages in
            stages.addTask { try await library.read(wanted, to: fetched) }
            stages.addTask {
                try await runStage(width: workers, from: fetched, to: learned) { try await known($0) }
            }
            stages.addTask {
                var group: [KnownPortrait] = []
                for await portrait in learned {
                    if let portrait { group.append(portrait) }
                    guard group.count == Self.groupLength else { continue }
                    try await ledger.learn(group, in: library.key)
                    group.removeAll(keepingCapacity: true)
                }
                try await ledger.learn(group, in: library.key)
            }
            while try await stages.next() != nil {}
        }
    }

    /// What is to be remembered of a portrait that was read; `nil` where it could not be.
    ///
    /// - Parameter row: What came of reading it.
    /// - Returns: The portrait under the version that was listed.
    /// - Throws: `LedgerError`, and `CancellationError`.
    package func known(_ row: FetchedRow) async throws -> KnownPortrait? {
        let id = PortraitID(asListed: row.key)
        switch row.result {
        case .missing(let outcome, let rejection): failures.note(id, rejection, as: outcome)
        case .portrait(let portrait):
            guard let standing = try await ledger.standings(of: [id], in: listing, library.key)[id] else { break }
            let hasImage = !standing.entry.imagePath.isEmpty
            if let remark = portrait.remarks.first(where: { $0.reason == .attributeMasked || hasImage }) {
                failures.note(id, remark)
                break
            }
            return KnownPortrait(
                imgID: id,
                stamp: standing.entry.stamp,
                fingerprint: fingerprint(portrait, known: standing.known),
                readAt: Moment.now
            )
        }
        return nil
    }

    /// Reads the attributes of portraits in clear and returns those of which that brought nothing.
    @discardableResult private func readAttributes(of entries: [ListingEntry]) async throws -> [PortraitID] {
        let standings = try await ledger.standings(of: entries.map(\.imgID), in: listing, library.key)
        var learned: [KnownPortrait] = []
        for entry in entries {
            guard let known = standings[entry.imgID]?.known else { continue }
            guard let attributes = try await library.clearAttributes(of: entry) else {
                failures.note(entry.imgID, Rejection(.attributeMasked, "\(library.title) does not show it in clear"))
                continue
            }
            learned.append(known.having(attributes))
        }
        try await ledger.learn(learned, in: library.key)
        let read = Set(learned.map(\.imgID))
        return entries.map(\.imgID).filter { !read.contains($0) }
    }
}

extension KnownPortrait {
    /// The same version with attributes that were read just now.
    package func having(_ attributes: PersonAttributes) -> KnownPortrait {
        var known = self
        known.fingerprint.attributes = FaceModel.Digest(of: attributes)
        known.readAt = Moment.now
        return known
    }
}
