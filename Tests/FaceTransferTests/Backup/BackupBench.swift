// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceImaging
import FaceLedger
import FaceModel
import FacePipeline
import Foundation
import Testing

@testable import FaceLibraries
@testable import FaceRepository
@testable import FaceTransfer

/// A device, a ledger and a repository on disk, for tests of whole backups.
final class BackupBench {
    let device = InMemoryDevice(name: "hq", serial: "SN-0")
    let ledger: SQLiteLedger
    let clock = InstantClock()
    let notes = Notes()
    let folder: String
    private var round = 10
    /// The ids of the snapshots that were taken, in order.
    private(set) var snapshots: [String] = []

    static let secret = RepositorySecret.passphrase(Secret("correct horse"))
    /// A passphrase that costs nothing to try.
    static let cost = KeyCost(n: 16, r: 8, p: 1)

    init() throws {
        ledger = try SQLiteLedger.inMemory()
        folder = NSTemporaryDirectory() + "backup-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try Repository.create(path, Self.secret, cost: Self.cost, at: Moment.now)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    var path: String { folder + "/repo" }

    func open(_ access: Repository.Access = .writing) throws -> Repository {
        try Repository.open(path, Self.secret, for: access)
    }

    /// Puts portraits `E-1` for 1 and so on onto the device, each with a picture of its own.
    func place(_ numbers: some Sequence<Int>) async throws {
        for number in numbers {
            await device.place(.e(number), MirrorBench.person(number), try Picture.jpeg(number))
        }
    }

    // MARK: Runs

    var job: String { "20261125-1815\(round)-3f" }

    func makeJob(_ repository: Repository, _ change: (inout BackupOptions) -> Void = { _ in }) -> BackupJob {
        var options = BackupOptions()
        options.rereadShare = 0
        change(&options)
        var job = BackupJob(
            record: JobRecord(
                id: job,
                command: "backup",
                source: "hq:staff",
                target: path,
                directory: "/",
                options: "{}",
                started: Double(round)
            ),
            request: LibraryRequest(title: "hq:staff", place: .device(device, library: InMemoryDevice.libraryName)),
            repository: repository,
            options: options,
            ledger: ledger,
            scratch: folder,
            progress: ProgressBoard(),
            tell: { [notes] in notes.add($0) },
            clock: clock
        )
        // Four images make a pack, so that there are several.
        job.packLimit = .init(bytes: 1 << 20, images: 4)
        return job
    }

    /// Takes a snapshot; the next one is of another job.
    @discardableResult
    func backUp(_ change: (inout BackupOptions) -> Void = { _ in }) async throws -> BackupEnd {
        round += 1
        await device.forgetCounts()
        let repository = try open()
        defer { repository.close() }
        let end = try await makeJob(repository, change).run()
        if let snapshot = end.snapshot { snapshots.append(snapshot.id) }
        return end
    }

    /// Has backups die until one leaves something that it had read.
    func stopHalfWay() async throws {
        let all = await device.content.keys
        // What archives do not have is asked for one by one.
        await device.set { $0.unexportable = Set(all) }
        for call in 10...60 where try open(.reading).catalog.unfinished.isEmpty {
            await device.kill(at: call, afterActing: false)
            let repository = try open()
            _ = try? await makeJob(repository).run()
            repository.close()
        }
        await device.kill(at: nil, afterActing: false)
        #expect(try !open(.reading).catalog.unfinished.isEmpty)
    }

    func outcomes() async throws -> [Outcome: Int] { try await ledger.outcomes(of: job) }

    // MARK: What is in it

    /// Checks the repository.
    func verify(_ depth: RepositoryCheck.Depth) async throws -> ([RepositoryCheck.Finding], RepositoryCheck.Totals) {
        var findings: [RepositoryCheck.Finding] = []
        let repository = try open(.reading)
        defer { repository.close() }
        let check = RepositoryCheck(repository: repository, ledger: ledger, depth: depth)
        let totals = try await check.run { findings.append($0) }
        return (findings, totals)
    }

    /// Restores a snapshot into an empty device and gives its content.
    ///
    /// - Parameters:
    ///   - name: The snapshot.
    ///   - expectingLoss: Whether some of it cannot be had, which must be told.
    /// - Returns: The device.
    /// - Throws: What kept the restore from its end.
    func restored(_ name: String? = nil, expectingLoss: Bool = false) async throws -> InMemoryDevice {
        let ledger = try SQLiteLedger.inMemory()
        let repository = try open(.reading)
        defer { repository.close() }
        let snapshot = try repository.snapshot(named: name)
        let target = InMemoryDevice(name: "new", serial: "SN-NEW")
        let source = LibraryRequest(title: "repo@\(snapshot.id)", place: .snapshot(repository, snapshot))
        let mirror = MirrorJob(
            source: source,
            targets: [
                MirrorTarget(
                    record: JobRecord(
                        id: "20261125-1900\(UInt8.random(in: 10...99))-\(UInt16.random(in: 0 ... .max))",
                        command: "restore",
                        source: source.title,
                        target: "new:staff",
                        directory: "/",
                        options: "{}",
                        started: 1
                    ),
                    request: DestinationRequest(
                        device: target,
                        settings: .forTests,
                        library: InMemoryDevice.libraryName
                    ),
                    limits: ImageLimits()
                )
            ],
            options: MirrorOptions(),
            ledger: ledger,
            scratch: folder,
            progress: ProgressBoard(),
            tell: { [notes] in notes.add($0) },
            clock: clock
        )
        for result in try await mirror.run() {
            if let failure = result.failure { throw failure }
            let failed = try await ledger.outcomes(of: result.job)[.failed, default: 0]
            #expect((failed > 0 || result.success?.doubt != nil) == expectingLoss)
        }
        return target
    }

    /// Changes a file of the repository as a failing disk or a hand does.
    func damage(_ file: String, _ change: (inout [UInt8]) -> Void) throws {
        let url = URL(fileURLWithPath: path + "/" + file)
        var bytes = Array(try Data(contentsOf: url))
        change(&bytes)
        try Data(bytes).write(to: url)
    }

    /// Changes the name of the first table in a manifest, which no key protects: its rows are not found any more.
    func hideRows(of snapshot: Snapshot) throws {
        let name = Array(RepositoryLayout.people(1).utf8)
        try damage(RepositoryLayout.manifests + "/" + snapshot.manifest) { bytes in
            for place in bytes.indices where bytes[place...].starts(with: name) { bytes[place] = UInt8(ascii: "q") }
        }
    }

    /// Whether a device has what the original has.
    func isSame(_ other: InMemoryDevice) async -> Bool {
        let (mine, theirs) = (await device.content, await other.content)
        return mine.keys == theirs.keys
            && mine.allSatisfy { id, one in
                theirs[id].map { $0.attributes == one.attributes && $0.image == one.image } ?? false
            }
    }

    func rows(_ snapshot: Snapshot) throws -> [SnapshotRow] {
        var reading = ManifestReading(snapshot, of: try open(.reading))
        var rows: [SnapshotRow] = []
        while let row = reading.next() { rows.append(row) }
        return rows
    }
}
