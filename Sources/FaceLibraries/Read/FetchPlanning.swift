// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceDevice
import FaceLedger
import FaceModel
import FacePipeline
import FaceSources

/// Decides how each portrait of a listing is had, and fetches the archives.
///
/// Portraits come in archives of chosen ones (1041, fifty at a time) or, where the whole library is taken
/// and that proves cheaper, in pages (1038). Pages have no snapshot behind them (interface E12), so
/// whatever they did not bring is chosen afterwards; whatever no archive brings is asked for singly.
struct FetchPlanning: Sendable {
    let library: LibraryOnDevice
    let listing: any Listing
    let archives: ArchiveExport
    /// Whether the library is taken from its first portrait to its last.
    let takesEverything: Bool
    /// Whether archives may be made at all.
    let usesArchives: Bool
    let notices: NoticeLog

    /// The most ids a message takes.
    private static let chosenLength = 50
    /// The most portraits in a page.
    private static let pageLength = 500
    /// How many portraits are fetched in either way before one is preferred.
    private static let trialLength = 100
    /// After how many groups in a row that no archive brought anything of archives are given up.
    private static let patience = 3

    /// Hands on a task for every portrait of the listing that is not marked as seen.
    ///
    /// - Parameter output: Takes the tasks of one archive at a time; finished at the end.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func run(to output: Channel<[FetchTask]>) async throws {
        defer { output.finish() }
        var state = State(archivesWork: usesArchives && !library.library.name.contains(","))
        if takesEverything, state.archivesWork, library.library.portraitCount > Self.trialLength * 2 {
            try await takePages(&state, output, upTo: Self.trialLength)
            while state.chosenCount < Self.trialLength, try await takeChosen(&state, output) {}
            if state.pageCost.isLess(than: state.chosenCost) { try await takePages(&state, output, upTo: .max) }
        }
        while try await takeChosen(&state, output) {}
    }

    private struct State {
        /// Whether this device's archives are of use.
        var archivesWork: Bool
        var cursor: PortraitID?
        var nextPage = 1
        var chosenCount = 0
        /// How many groups in a row no archive brought anything of.
        var barren = 0
        var chosenCost = FetchCost()
        var pageCost = FetchCost()
    }

    // MARK: Pages

    private func takePages(_ state: inout State, _ output: Channel<[FetchTask]>, upTo end: Int) async throws {
        while state.archivesWork && state.nextPage <= end {
            let count = min(Self.pageLength, end == .max ? .max : end - state.nextPage + 1)
            let start = ContinuousClock.now
            let request = ArchiveExport.Request.page(library: library.id, start: state.nextPage, count: count)
            switch try await archives.fetch(request) {
            case .archive(let archive, let reply):
                let tasks = try await tasks(from: archive)
                state.pageCost.note(ContinuousClock.now - start, for: tasks.count)
                try await output.send(tasks)
                state.nextPage += reply.exported
                if state.nextPage > reply.total { return }
            case .nothing: return
            // One portrait breaks the page: the others are chosen later.
            case .refused: state.nextPage += count
            case .unreadable(let error) where error.code == .unsafeName: state.nextPage += count
            case .unreadable(let error): giveUpArchives(&state, error)
            }
            if state.nextPage > library.library.portraitCount + Self.pageLength { return }
        }
    }

    private func tasks(from archive: ArchiveInHand) async throws -> [FetchTask] {
        let candidates = archive.matching.candidates.map(PortraitID.init(asListed:))
        let listed = try await listing.entries(of: candidates)
        let matches = archive.matching.assign(Set(listed.keys.map(\.text)))
        let ids = matches.keys.sorted().map(PortraitID.init(asListed:))
        return try await listing.takeUnseen(ids).compactMap { entry in
            matches[entry.imgID.text].map { .entry(entry, $0, archive) }
        }
    }

    // MARK: Chosen

    private func takeChosen(_ state: inout State, _ output: Channel<[FetchTask]>) async throws -> Bool {
        let entries = try await listing.unseen(after: state.cursor, limit: Self.chosenLength)
        guard let last = entries.last else { return false }
        state.cursor = last.imgID
        try await listing.markSeen(entries.map(\.imgID))
        state.chosenCount += entries.count
        // No archive has a portrait without an image; nor is it told of one that is known by its id only.
        let odd = entries.filter { $0.imagePath.isEmpty || $0.breaksArchives }
        let plain = entries.filter { !$0.imagePath.isEmpty && !$0.breaksArchives }
        let start = ContinuousClock.now
        let tasks = try await choose(plain[...], &state)
        state.chosenCost.note(ContinuousClock.now - start, for: plain.count)
        try await output.send(tasks + odd.map { .single($0.imgID) })
        return true
    }

    private func choose(_ entries: ArraySlice<ListingEntry>, _ state: inout State) async throws -> [FetchTask] {
        guard state.archivesWork else { return entries.map { .single($0.imgID) } }
        let chosen = ChosenArchives<ListingEntry>(archives: archives, id: \.imgID.text, path: \.imagePath) {
            .chosen($0.map(\.imgID), library: library.id)
        }
        let fetched = try await chosen.fetch(entries) { giveUpArchives(&state, $0) }
        if entries.count > 1 { noteBarren(!fetched.contains { $0.way.isArchived }, &state) }
        return fetched.map { entry, way in
            if case .entry(let match, let archive) = way { return .entry(entry, match, archive) }
            return .single(entry.imgID)
        }
    }

    private func noteBarren(_ isBarren: Bool, _ state: inout State) {
        state.barren = isBarren ? state.barren + 1 : 0
        guard state.archivesWork, state.barren == Self.patience else { return }
        state.archivesWork = false
        notices.add("the archives of \(library.device.name) bring no portraits, so these are fetched one by one")
    }

    private func giveUpArchives(_ state: inout State, _ error: ArchiveError) {
        state.archivesWork = false
        notices.add(library.device.unreadableArchives(error, of: "portraits"))
    }
}

extension ListingEntry {
    /// Whether a value that is shown breaks the archive it is in: a comma, by the interface (P6); what cannot stand in
    /// a file's name, since that is how archives name entries (E4).
    fileprivate var breaksArchives: Bool {
        [name, identity, address].contains { value in
            value?.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F || ",/\\".unicodeScalars.contains($0) }
                ?? false
        }
    }
}
