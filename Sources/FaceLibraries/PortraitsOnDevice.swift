// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceFiles
package import FaceLedger
package import FaceModel
package import FacePipeline

/// A library on a device as a set of portraits.
package struct PortraitsOnDevice: PortraitLibrary {
    package let title: String
    package let library: LibraryOnDevice
    package let surroundings: JobSurroundings

    package init(title: String, library: LibraryOnDevice, surroundings: JobSurroundings) {
        self.title = title
        self.library = library
        self.surroundings = surroundings
    }

    package var key: LibraryKey { library.key }

    package func list(into ledger: any Ledger) async throws -> LibraryListing.Outcome {
        try await LibraryListing.read(library.id, of: library.device, into: ledger)
    }

    package func read(_ wanted: any Listing, to output: Channel<FetchedRow>) async throws {
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

    package func clearAttributes(of entry: ListingEntry) async throws -> PersonAttributes? {
        let shown = ListedPortrait(entry.imgID, entry)
        if let clear = shown.clearAttributes { return clear }
        do {
            return try await library.device.clearAttributes(of: entry.imgID, in: library.id)?.clearAttributes
        } catch let error as DeviceError where error.code == .refused || error.code == .malformedReply {
            // One portrait that the device does not tell of must not end the run for all others.
            return nil
        }
    }

    package func entry(of id: PortraitID) async throws -> ListingEntry? {
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
