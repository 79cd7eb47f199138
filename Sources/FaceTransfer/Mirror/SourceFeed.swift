// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import FacePipeline

/// A portrait of the source on its way to one target.
struct MovedPortrait: Sendable {
    /// What of it is on its way.
    enum Content: Sendable {
        /// All of it, with what it is remembered by.
        case whole(PortraitInHand, PortraitFingerprint)
        /// Its attributes in clear.
        case attributes(PersonAttributes)
        /// Nothing: it could not be had.
        case missing(Outcome, Rejection)
    }

    let id: PortraitID
    let content: Content
}

/// Reads the source once and hands each portrait to every target that wants it.
///
/// A target that has ended, by itself or by an error, takes nothing more and holds up nobody.
struct SourceFeed: Sendable {
    /// One target.
    struct Outlet: Sendable {
        let work: TargetWork
        let channel: Channel<MovedPortrait>
    }

    let source: LibraryStudy
    let ledger: any Ledger
    /// What the targets want, all together.
    let wanted: ReadingNeeds
    let outlets: [Outlet]

    /// How many portraits of the source are learned together.
    private static let groupLength = 64

    /// Reads what is wanted, to the end.
    ///
    /// - Throws: `DeviceError` or `LedgerError` when the source or the ledger fails, and `CancellationError`.
    func run() async throws {
        defer { for outlet in outlets { outlet.channel.finish() } }
        try await feedWholes()
        try await feedAttributes()
    }

    private func feedWholes() async throws {
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

    private func feedAttributes() async throws {
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
                let content = attributes.map(MovedPortrait.Content.attributes) ?? .missing(.rejected, masked)
                try await hand(MovedPortrait(id: entry.imgID, content: content)) { $0.attributes }
            }
            try await ledger.learn(learned, in: source.library.key)
        }
    }

    private func hand(_ portrait: MovedPortrait, _ list: (TargetWork) -> any Listing) async throws {
        for outlet in outlets {
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
        case .missing(let outcome, let rejection): content = .missing(outcome, rejection)
        case .portrait(let portrait):
            if let known {
                content = .whole(portrait, known.fingerprint)
            } else {
                let gone = Rejection(.portraitMissing, "the portrait is not as the source listed it")
                content = .missing(.rejected, portrait.remark ?? gone)
            }
        }
    }
}
