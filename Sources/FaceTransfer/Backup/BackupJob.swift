// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceFiles
public import FaceLedger
public import FaceLibraries
import FaceModel
public import FacePipeline
public import FaceRepository
import FaceSources

/// Takes a snapshot of one library on a device into a repository.
///
/// List → walk through listing and last snapshot (``SnapshotMerge``) to find what must be read → read it into packs
/// (``BackupReading``) → walk through again and write the snapshot (``SnapshotWriting``) → read back. A portrait whose
/// version stamp is that of the last snapshot costs nothing but its line in the listing.
public struct BackupJob: Sendable {
    /// The job as it stands in the ledger.
    public var record: JobRecord
    /// The library, which must be on a device.
    public var request: LibraryRequest
    /// The repository, opened for writing; for a rehearsal, opened for reading.
    public var repository: Repository
    /// How the backup is made.
    public var options: BackupOptions
    /// The ledger.
    public var ledger: any Ledger
    /// The ledger's folder, for archives under way.
    public var scratch: String
    /// Takes the counts while the job runs.
    public var progress: ProgressBoard
    /// Takes what people should know, when it is known.
    public var tell: @Sendable (String) -> Void
    /// Paces what is tried again.
    public var clock: any Clock<Duration>
    /// How large packs become.
    var packLimit = PackWriting.Limit()

    /// Puts a backup together.
    ///
    /// - Parameters:
    ///   - record: The job as it stands in the ledger.
    ///   - request: The library, which must be on a device.
    ///   - repository: The repository, opened for writing; for a rehearsal, opened for reading.
    ///   - options: How the backup is made.
    ///   - ledger: The ledger.
    ///   - scratch: The ledger's folder.
    ///   - progress: Takes the counts.
    ///   - tell: Takes what people should know.
    ///   - clock: Paces what is tried again.
    public init(
        record: JobRecord,
        request: LibraryRequest,
        repository: Repository,
        options: BackupOptions,
        ledger: any Ledger,
        scratch: String,
        progress: ProgressBoard,
        tell: @escaping @Sendable (String) -> Void = { _ in },
        clock: any Clock<Duration> = ContinuousClock()
    ) {
        self.record = record
        self.request = request
        self.repository = repository
        self.options = options
        self.ledger = ledger
        self.scratch = scratch
        self.progress = progress
        self.tell = tell
        self.clock = clock
    }

    /// Runs the job to its end and records how it ended.
    ///
    /// A job whose id the ledger holds already is taken up again.
    ///
    /// - Returns: The snapshot, and what it took.
    /// - Throws: ``LibraryError`` when there is no such library, ``RepositoryError``, `DeviceError`, `ArchiveError`,
    ///   ``TargetError``, `LedgerError`, and `CancellationError`.
    public func run() async throws -> BackupEnd {
        let notices = NoticeLog(telling: tell)
        let surroundings = JobSurroundings(
            ledger: ledger,
            job: record.id,
            scratch: ScratchFolder(in: scratch),
            workers: options.workers,
            clock: clock,
            notices: notices
        )
        let opened = try await request.open(surroundings)
        guard let origin = opened.origin else {
            throw RepositoryError(.usage, "\(request.title) is on no device; backups are taken of libraries on devices")
        }
        return try await ledger.recording(record) { try await take(opened.portraits, origin, notices) }
    }

    private func take(
        _ library: any PortraitLibrary,
        _ origin: OpenLibrary.Origin,
        _ notices: NoticeLog
    ) async throws -> BackupEnd {
        let facts = try await DeviceFacts.read(of: origin.library, notices)
        let index = try await ImageIndex.of(repository, in: ledger) { pack, what in
            notices.add("packs/\(pack.file): \(what); facelib backup verify tells whom that concerns")
        }
        let before = try await index.count()
        let outcome = try await library.list(into: ledger)
        if let change = outcome.change { notices.add(change) }
        let fresh = try await ledger.beginListing()
        let packs = PackWriting(repository, index, limit: packLimit)
        var snapshot = Snapshot(origin, facts, doubt: outcome.doubt)
        let reading = BackupReading(
            library: library,
            origin: snapshot,
            listing: outcome.listing,
            fresh: fresh,
            repository: repository,
            packs: packs,
            progress: progress
        )
        if !options.readsEverything { try await reading.takeUp() }
        let merge = SnapshotMerge(
            listing: outcome.listing,
            fresh: fresh,
            previous: repository.newestSnapshot(of: snapshot.library.name, device: snapshot.device.serial),
            repository: repository,
            index: index
        )
        let needs = try await ReadingNeeds(in: ledger)
        try await gather(needs, from: merge, isMasked: outcome.isMasked, notices)
        let listed = try await outcome.listing.count()
        progress.note { ($0.found, $0.total) = (listed, listed) }
        if !options.isRehearsal {
            try await reading.readWhole(needs.whole)
            try await reading.readAttributes(needs.attributes)
        }
        let writing = SnapshotWriting(
            merge: merge,
            readsEverything: options.readsEverything,
            isRehearsal: options.isRehearsal,
            failures: reading.failures,
            ledger: ledger,
            record: record,
            progress: progress
        )
        let written = try await writing.run(&snapshot)
        let newPacks = await reading.newPacks
        let sampled = options.isRehearsal ? 0 : try await readBack(snapshot, index, besides: newPacks, of: before)
        for listing in [outcome.listing, fresh] { await listing.close() }
        await needs.close()
        await index.close()
        let newBytes = newPacks.reduce(0) { $0 + $1.bytes }
        let manifest = repository.path(RepositoryLayout.manifests, snapshot.manifest)
        return BackupEnd(
            snapshot: written ? snapshot : nil,
            listed: listed,
            newImages: newPacks.reduce(0) { $0 + $1.images },
            newBytes: newBytes,
            writtenBytes: newBytes + (written ? try FileSize.of(manifest) : 0),
            sampled: sampled
        )
    }

    /// Finds out what must be read.
    private func gather(
        _ needs: ReadingNeeds,
        from merge: SnapshotMerge,
        isMasked: Bool,
        _ notices: NoticeLog
    ) async throws {
        let now = Moment.now
        var readings: [Int] = []
        let problems = try await merge.run { pairs in
            var wholes: [ListingEntry] = []
            var attributes: [ListingEntry] = []
            for case let (pair, entry?) in pairs.map({ ($0, $0.entry) }) {
                switch pair.step(for: entry, readsEverything: options.readsEverything) {
                case .known(let row):
                    if pair.fresh == nil && entry.isMasked { readings.append(row.lastRead(before: now)) }
                case .attributes(let row): attributes.append(row.spilled)
                case .whole: wholes.append(entry)
                }
            }
            if !wholes.isEmpty { try await needs.whole.add(wholes) }
            if !attributes.isEmpty { try await needs.attributes.add(attributes) }
        }
        for problem in problems { notices.add("\(problem); what it held is read again") }
        guard isMasked, options.rereadShare > 0, !readings.isEmpty else { return }
        try await gatherOldest(Int((Double(readings.count) * options.rereadShare).rounded(.up)), readings, needs, merge)
    }

    /// Adds the portraits whose masked attributes were read longest ago.
    private func gatherOldest(
        _ count: Int,
        _ readings: [Int],
        _ needs: ReadingNeeds,
        _ merge: SnapshotMerge
    ) async throws {
        let now = Moment.now
        let sorted = readings.sorted()
        let newest = sorted[min(count, sorted.count) - 1]
        // All that were read before that time; of those that were read at that very time, no more than are asked for.
        var rest = count - sorted.prefix { $0 < newest }.count
        _ = try await merge.run { pairs in
            var rows: [ListingEntry] = []
            for case let (pair, entry?) in pairs.map({ ($0, $0.entry) }) where entry.isMasked && pair.fresh == nil {
                guard case .known(let row) = pair.step(for: entry, readsEverything: false),
                    case let lastRead = row.lastRead(before: now), lastRead <= newest
                else { continue }
                if lastRead == newest {
                    guard rest > 0 else { continue }
                    rest -= 1
                }
                rows.append(row.spilled)
            }
            if !rows.isEmpty { try await needs.attributes.add(rows) }
        }
    }

    /// Reads back the snapshot, and some of the images that were there before.
    private func readBack(
        _ snapshot: Snapshot,
        _ index: ImageIndex,
        besides newPacks: [Catalog.Pack],
        of before: Int
    ) async throws -> Int {
        var rows = ManifestReading(snapshot, of: repository)
        while rows.next() != nil {}
        if let what = rows.problems.first {
            throw RepositoryError(.damaged, "the snapshot \(snapshot.id) was read back and is not whole: \(what)")
        }
        let new = Set(newPacks.map(\.file))
        // What was stored anew, since its copy was damaged, is meant by its new one from now on.
        let index = new.isEmpty ? index : try await ImageIndex.of(repository, in: ledger)
        let sample = ImageSample(repository: repository, index: index)
        return try await sample.read(share: options.sampleShare, of: before) { !new.contains($0.pack) }
    }
}

extension Snapshot {
    /// A snapshot that is about to be taken.
    fileprivate init(_ origin: OpenLibrary.Origin, _ facts: DeviceFacts, doubt: String?) {
        let now = Moment.now
        let identity = origin.identity
        self.init(
            id: SnapshotID.make(at: now),
            taken: Timestamp.text(now),
            device: SnapshotDevice(
                name: origin.library.device.name,
                serial: origin.library.key.device,
                deviceID: identity.deviceID,
                firmware: identity.version
            ),
            library: SnapshotLibrary(
                name: origin.library.library.name,
                id: origin.library.id,
                type: origin.library.library.type?.rawValue
            ),
            portraits: 0,
            incomplete: 0,
            failed: 0,
            doubt: doubt,
            settings: facts.settings,
            cameras: facts.cameras,
            manifest: ""
        )
    }
}
