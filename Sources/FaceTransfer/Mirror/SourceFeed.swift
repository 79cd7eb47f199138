// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceLibraries
import FaceModel
import FacePipeline
import Synchronization

/// A portrait of the source on its way to one target.
struct MovedPortrait: Sendable {
    /// What of it is on its way.
    enum Content: Sendable {
        /// All of it, with what it is remembered by.
        case whole(PortraitInHand, PortraitFingerprint)
        /// Its attributes in clear.
        case attributes(PersonAttributes)
        /// Nothing: it could not be had.
        case missing(Outcome, [Rejection])
    }

    let id: PortraitID
    let content: Content
}

/// One target's end of a feed.
final class FeedOutlet: Sendable {
    /// What the target wants.
    let work: TargetWork
    /// Where it takes it from.
    let channel = Channel<MovedPortrait>()
    private let isOpenState = Mutex(true)

    init(_ work: TargetWork) { self.work = work }

    /// Whether the target still takes portraits.
    var isOpen: Bool { isOpenState.withLock { $0 } }

    /// Takes nothing more, whether everything has come or the target has ended.
    func close() {
        isOpenState.withLock { $0 = false }
        channel.finish()
    }
}

/// Reads the source once and hands each portrait to every target that wants it.
///
/// A target that has ended, by itself or by an error, takes nothing more and holds up nobody; when all have, nothing
/// more is read.
struct SourceFeed: Sendable {
    let source: LibraryStudy
    let ledger: any Ledger
    let outlets: [FeedOutlet]

    /// How many portraits of the source are learned together.
    private static let groupLength = 64

    /// Nobody takes anything more.
    private struct Unwanted: Error {}

    /// Reads what any target wants, to the end.
    ///
    /// - Throws: `DeviceError` or `LedgerError` when the source or the ledger fails, and `CancellationError`.
    func run() async throws {
        defer { for outlet in outlets { outlet.close() } }
        let wanted = try await gathered()
        do {
            try await feedWholes(wanted)
            try await feedAttributes(wanted)
        } catch is Unwanted {
            // Each target has said why it ended.
        } catch {
            await wanted.close()
            throw error
        }
        await wanted.close()
    }

    /// What the targets want, all together.
    private func gathered() async throws -> ReadingNeeds {
        let wanted = try await ReadingNeeds(in: ledger)
        for outlet in outlets {
            try await outlet.work.wholes.copy(into: wanted.whole)
            try await outlet.work.attributes.copy(into: wanted.attributes)
        }
        return wanted
    }

    private func feedWholes(_ wanted: ReadingNeeds) async throws {
        let fetched = Channel<FetchedRow>()
        let read = Channel<(FetchedRow, KnownPortrait?)>()
        try await withThrowingTaskGroup { stages in
            stages.addTask { try await source.library.read(wanted.whole, to: fetched) }
            stages.addTask {
                try await runStage(width: source.workers, from: fetched, to: read) { ($0, try await source.known($0)) }
            }
            stages.addTask {
                var learned: [KnownPortrait] = []
                for await (row, known) in read {
                    try await hand(MovedPortrait(row, known)) { $0.wholes }
                    if let known { learned.append(known) }
                    guard learned.count == Self.groupLength else { continue }
                    try await ledger.learn(learned, in: source.library.key)
                    learned.removeAll(keepingCapacity: true)
                }
                try await ledger.learn(learned, in: source.library.key)
            }
            // The first error ends all stages.
            while try await stages.next() != nil {}
        }
    }

    private func feedAttributes(_ wanted: ReadingNeeds) async throws {
        var last: PortraitID?
        while true {
            let entries = try await wanted.attributes.entries(after: last, limit: Self.groupLength)
            guard let end = entries.last else { return }
            last = end.imgID
            let standings = try await ledger.standings(
                of: entries.map(\.imgID),
                in: source.listing,
                source.library.key
            )
            var learned: [KnownPortrait] = []
            for entry in entries {
                let attributes = try await source.library.clearAttributes(of: entry)
                if let attributes, let known = standings[entry.imgID]?.known {
                    learned.append(known.having(attributes))
                }
                let masked = Rejection(
                    .attributeMasked,
                    "\(source.library.title) does not show its attributes in clear"
                )
                let content = attributes.map(MovedPortrait.Content.attributes) ?? .missing(.rejected, [masked])
                try await hand(MovedPortrait(id: entry.imgID, content: content)) { $0.attributes }
            }
            try await ledger.learn(learned, in: source.library.key)
        }
    }

    private func hand(_ portrait: MovedPortrait, _ list: (TargetWork) -> any Listing) async throws {
        guard outlets.contains(where: \.isOpen) else { throw Unwanted() }
        for outlet in outlets where outlet.isOpen {
            let isWanted = try await list(outlet.work).entries(of: [portrait.id])[portrait.id] != nil
            if isWanted { try await outlet.channel.send(portrait) }
        }
    }
}

extension MovedPortrait {
    /// What came of reading a portrait whole.
    fileprivate init(_ row: FetchedRow, _ known: KnownPortrait?) {
        id = PortraitID(asListed: row.key)
        switch row.result {
        case .missing(let outcome, let rejection): content = .missing(outcome, [rejection])
        case .portrait(let portrait):
            if let known {
                content = .whole(portrait, known.fingerprint)
            } else {
                let gone = Rejection(.portraitMissing, "the portrait is not as the source listed it")
                content = .missing(.rejected, portrait.remarks.isEmpty ? [gone] : portrait.remarks)
            }
        }
    }
}

extension Listing {
    /// Adds all entries to another listing.
    fileprivate func copy(into other: any Listing) async throws {
        var last: PortraitID?
        while case let group = try await entries(after: last, limit: 500), let end = group.last {
            last = end.imgID
            try await other.add(group)
        }
    }
}
