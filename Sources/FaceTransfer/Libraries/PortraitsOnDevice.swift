// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import FacePipeline

/// A library on a device as a set of portraits.
struct PortraitsOnDevice: PortraitLibrary {
    let title: String
    let library: LibraryOnDevice
    let surroundings: JobSurroundings

    var key: LibraryKey { library.key }

    func list(into ledger: any Ledger) async throws -> LibraryListing.Outcome {
        try await LibraryListing.read(library.id, of: library.device, into: ledger)
    }

    func read(_ wanted: any Listing, to output: Channel<FetchedRow>) async throws {
        defer { output.finish() }
        let count = try await wanted.count()
        guard count > 0 else { return }
        let isWhole = count == library.library.portraitCount
        switch surroundings.archives {
        case .ofJob(let allowsPages):
            try await reading(usesArchives: true).run(wanted, takesEverything: allowsPages && isWhole, to: output)
        case .ofEachReading:
            let turn = try archiveTurn()
            defer { turn?.release() }
            try await reading(usesArchives: turn != nil).run(wanted, takesEverything: isWhole, to: output)
        }
    }

    private func reading(usesArchives: Bool) throws -> PortraitReading {
        PortraitReading(
            library: library,
            scratch: try surroundings.scratch.path(),
            workers: surroundings.workers,
            clock: surroundings.clock,
            notices: surroundings.notices,
            usesArchives: usesArchives
        )
    }

    func clearAttributes(of entry: ListingEntry) async throws -> PersonAttributes? {
        let shown = ListedPortrait(entry.imgID, entry)
        if let clear = shown.clearAttributes { return clear }
        do {
            return try await library.device.clearAttributes(of: entry.imgID, in: library.id)?.clearAttributes
        } catch let error as DeviceError where error.code == .refused || error.code == .malformedReply {
            // One portrait that the device does not tell of must not end the run for all others.
            return nil
        }
    }

    func entry(of id: PortraitID) async throws -> ListingEntry? {
        try await library.device.portrait(id, in: library.id).map { ListingEntry($0.listed) }
    }

    /// The right to have archives made; `nil` while another run has it, and portraits are asked for one by one then.
    private func archiveTurn() throws -> LibraryLock? {
        do {
            return try surroundings.ledger.lock(library.exportKey, for: surroundings.job)
        } catch let error as LedgerError where error.code == .locked {
            return nil
        }
    }
}
