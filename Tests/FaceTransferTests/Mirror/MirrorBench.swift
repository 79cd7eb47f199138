// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceImaging
import FaceLedger
import FaceModel
import FacePipeline
import Foundation
import Synchronization
import SystemPackage
import Testing

@testable import FaceLibraries
@testable import FaceTransfer
@testable import FaceUpload

/// A source, some targets and a ledger, for tests of whole mirrors.
final class MirrorBench {
    let source = InMemoryDevice(name: "hq", serial: "SN-0")
    let targets: [InMemoryDevice]
    let folder: SourceFolder
    let clock = InstantClock()
    let notes = Notes()
    let plan = WrittenPlan()
    private let state: String?
    private(set) var ledger: SQLiteLedger
    private var round = 1

    /// Makes a bench with empty devices; with a ledger on disk it can be opened anew, as a new process would.
    init(targets count: Int = 1, onDisk: Bool = false) throws {
        targets = (0..<count).map { InMemoryDevice(name: "b\($0 + 1)", serial: "SN-\($0 + 1)") }
        folder = try SourceFolder()
        state = onDisk ? NSTemporaryDirectory() + "ledger-" + UUID().uuidString : nil
        ledger = if let state { try SQLiteLedger.open(directory: state) } else { try SQLiteLedger.inMemory() }
    }

    deinit { if let state { try? FileManager.default.removeItem(atPath: state) } }

    /// The first target, where there is one only.
    var target: InMemoryDevice { targets[0] }

    /// Opens the ledger anew, as the next process would.
    func restart() throws {
        if let state { ledger = try SQLiteLedger.open(directory: state) }
    }

    /// Begins without anything that was learned.
    func forget() throws { ledger = try SQLiteLedger.inMemory() }

    /// The next run is another job.
    func nextJob() async {
        round += 1
        for device in [source] + targets { await device.forgetCounts() }
    }

    // MARK: Portraits

    static func person(_ number: Int, name: String? = nil, address: String = "Oslo") -> PersonAttributes {
        PersonAttributes(
            name: name ?? "Ann \(number)",
            identity: "47\(number)",
            gender: .female,
            age: 31,
            address: address
        )
    }

    /// Puts portraits `E-1` for 1 and so on into the source, each with a picture of its own.
    func place(_ numbers: some Sequence<Int>) async throws {
        for number in numbers { try await put(number, into: source) }
    }

    /// Puts one portrait into a device.
    func put(
        _ number: Int,
        picture: Int? = nil,
        _ person: PersonAttributes? = nil,
        into device: InMemoryDevice
    ) async throws {
        await device.place(.e(number), person ?? Self.person(number), try Picture.jpeg(picture ?? number))
    }

    // MARK: Runs

    /// The id of the job that fills a target.
    func job(_ index: Int = 0) -> String { "20261122-1015\(String(round + 10))-\(index)" }

    /// How the targets' device names their library in the ledger.
    static func key(_ device: InMemoryDevice) -> LibraryKey {
        LibraryKey(device: device.serial, library: InMemoryDevice.libraryID)
    }

    static func title(_ device: InMemoryDevice) -> String { "\(device.name):\(InMemoryDevice.libraryName)" }

    /// The source on its device.
    var sourceRequest: LibraryRequest {
        LibraryRequest(
            title: Self.title(source),
            place: .device(source, library: InMemoryDevice.libraryName)
        )
    }

    func asked(_ index: Int, of request: LibraryRequest, plan: PlannedChanges? = nil) -> MirrorTarget {
        let device = targets[index]
        var settings = DeviceSettings.forTests
        settings.batchSize = 2
        return MirrorTarget(
            record: JobRecord(
                id: job(index),
                command: "mirror",
                source: request.title,
                target: Self.title(device),
                directory: "/",
                options: "{}",
                started: Double(round)
            ),
            request: DestinationRequest(device: device, settings: settings, library: InMemoryDevice.libraryName),
            limits: ImageLimits(),
            plan: plan
        )
    }

    /// Puts the mirror together.
    func makeJob(
        _ options: MirrorOptions = MirrorOptions(),
        from request: LibraryRequest? = nil,
        plans: [PlannedChanges]? = nil
    ) -> MirrorJob {
        let request = request ?? sourceRequest
        var planTaker: (@Sendable (MirrorJob.PlanLine) throws -> Void)?
        if options.isRehearsal { planTaker = { [plan] in plan.write($0) } }
        return MirrorJob(
            source: request,
            targets: targets.indices.map { asked($0, of: request, plan: plans?[$0]) },
            options: options,
            ledger: ledger,
            scratch: folder.path,
            progress: ProgressBoard(),
            tell: { [notes] in notes.add($0) },
            plan: planTaker,
            clock: clock
        )
    }

    /// Runs the mirror, or takes it up again.
    @discardableResult
    func run(
        _ options: MirrorOptions = MirrorOptions(),
        from request: LibraryRequest? = nil,
        plans: [PlannedChanges]? = nil
    ) async throws -> [MirrorResult] {
        try await makeJob(options, from: request, plans: plans).run()
    }

    /// Runs the mirror and sees that every target came to its end without a difference.
    func succeed(
        _ options: MirrorOptions = MirrorOptions(),
        from request: LibraryRequest? = nil,
        plans: [PlannedChanges]? = nil,
        sourceLocation: SourceLocation = #_sourceLocation
    ) async throws {
        for result in try await run(options, from: request, plans: plans) {
            switch result.end {
            case .success(let end):
                #expect(end.differences == 0, sourceLocation: sourceLocation)
                #expect(end.doubt == nil, sourceLocation: sourceLocation)
            case .failure(let error): Issue.record("\(error)", sourceLocation: sourceLocation)
            }
        }
    }

    // MARK: What came of it

    func outcomes(_ index: Int = 0) async throws -> [Outcome: Int] { try await ledger.outcomes(of: job(index)) }

    func results(_ index: Int = 0) async throws -> [String: RowResult] {
        let page = try await ledger.results(of: job(index), after: nil, limit: 10_000)
        return Dictionary(page.rows.map { ($0.imgID, $0) }) { first, _ in first }
    }

    /// What the ledger has left to do for a target, which is nothing once all is well.
    func leftovers(_ index: Int = 0) async throws -> Int {
        let key = Self.key(targets[index])
        return try await ledger.openBatches(in: key).count + ledger.pendingSafe(in: key).count
    }

    /// The ids of portraits that a target has not as the source has them.
    func differences(
        _ index: Int = 0,
        reencoded: Bool = false,
        images: Bool = true
    ) async -> [String] {
        let (mine, theirs) = (await source.content, await targets[index].content)
        return Set(mine.keys).union(theirs.keys).filter { id in
            guard let one = mine[id], let other = theirs[id], one.attributes == other.attributes else { return true }
            return images && (reencoded ? Picture.again(one.image) : one.image) != other.image
        }.map(\.text).sorted()
    }

    /// How often a target was told to change something.
    func writes(_ device: InMemoryDevice) async -> Int {
        var count = 0
        for call in [Call.store, .batch, .update, .delete, .create] { count += await device.counts[call] ?? 0 }
        return count
    }

    /// The portraits that a target was made to change.
    func touched(_ index: Int = 0) async -> Touched {
        let device = targets[index]
        return Touched(
            stored: await device.stores.keys.map(\.text).sorted(),
            updated: await device.updates.keys.map(\.text).sorted(),
            deleted: await device.deletes.keys.map(\.text).sorted()
        )
    }

    struct Touched: Equatable {
        var stored: [String] = []
        var updated: [String] = []
        var deleted: [String] = []
    }
}

extension MirrorOptions {
    /// A mirror that removes, and whatever else is asked for.
    static func removing(_ limit: DeleteLimit = .count(5), _ change: (inout MirrorOptions) -> Void = { _ in }) -> Self {
        var options = MirrorOptions()
        options.removes = true
        options.deleteLimit = limit
        change(&options)
        return options
    }

    static func with(_ change: (inout MirrorOptions) -> Void) -> Self {
        var options = MirrorOptions()
        change(&options)
        return options
    }
}

extension MirrorResult {
    /// What ended the target before its end.
    var failure: (any Error)? { if case .failure(let error) = end { error } else { nil } }

    var success: MirrorEnd? { try? end.get() }
}

/// What a job told people.
final class Notes: Sendable {
    private let texts = Mutex<[String]>([])

    var all: [String] { texts.withLock { $0 } }
    func add(_ text: String) { texts.withLock { $0.append(text) } }
    func contain(_ words: String) -> Bool { all.contains { $0.contains(words) } }
}

/// A plan as a mirror told it.
final class WrittenPlan: Sendable {
    private let lines = Mutex<[(target: PlannedTarget, changes: [PlannedChange])]>([])

    func write(_ line: MirrorJob.PlanLine) {
        lines.withLock { lines in
            switch line {
            case .target(let target): lines.append((target, []))
            case .changes(let changes): lines[lines.count - 1].changes += changes
            }
        }
    }

    func clear() { lines.withLock { $0 = [] } }

    /// The changes of a target as `kind id`.
    func words(_ index: Int = 0) -> [String] {
        lines.withLock { lines in
            lines.indices.contains(index) ? lines[index].changes.map { "\($0.kind.rawValue) \($0.id)" } : []
        }
    }

    /// The plan as it is handed to a mirror that carries it out.
    var planned: [PlannedChanges] {
        lines.withLock { lines in
            lines.map { target, changes in
                PlannedChanges(target: target) {
                    let rest = Mutex(changes[...])
                    return {
                        // A few at a time, as a file is read.
                        let group = rest.withLock { rest in
                            defer { rest = rest.dropFirst(2) }
                            return Array(rest.prefix(2))
                        }
                        return group.isEmpty ? nil : group
                    }
                }
            }
        }
    }
}
