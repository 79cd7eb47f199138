// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice
import FaceFiles
internal import FaceImaging
internal import FaceLedger
import FaceLibraries
internal import FaceModel
internal import FacePipeline
import FaceRepository
internal import FaceTransfer

/// Restores a snapshot into a simulated device and compares: the proof that it can be done (`verify --drill`).
struct RestoreDrill {
    let invocation: Invocation
    let repository: Repository

    /// What came of one snapshot.
    struct Result: Answer {
        let snapshot: Snapshot
        /// How many portraits have each mark.
        let marks: [ComparisonMark: Int]
        let seconds: Double

        /// Whether all of it was there again.
        var isSame: Bool { marks.allSatisfy { $0.key == .same || $0.value == 0 } }

        /// Everything but the same.
        private var others: String {
            marks.filter { $0.key != .same }.sorted { $0.key.rawValue < $1.key.rawValue }
                .map { "\($0.value) \($0.key.rawValue)" }.joined(separator: ", ")
        }

        var lines: [String] {
            let time = MeasureText.number((seconds * 10).rounded() / 10)
            let verdict =
                isSame
                ? "restored to a simulated device and equal, \(count(marks[.same, default: 0], "portrait"))"
                : "restored to a simulated device and NOT equal: \(others)"
            return ["\(snapshot.title): \(verdict) (\(time) s)"]
        }

        var json: JSONValue {
            [
                "type": "drill", "snapshot": .string(snapshot.id), "equal": .bool(isSame),
                "marks": .object(
                    ComparisonMark.allCases.map { .init(key: $0.rawValue, value: JSONValue(marks[$0, default: 0])) }
                ),
                "seconds": .number(MeasureText.number(seconds)),
            ]
        }
    }

    /// Restores a snapshot into an empty simulated device and compares.
    ///
    /// - Parameter snapshot: The snapshot.
    /// - Returns: What the comparison found.
    /// - Throws: ``CommandError`` where there is no simulator, and what keeps the restore from its end.
    func run(_ snapshot: Snapshot) async throws -> Result {
        let started = ContinuousClock.now
        let program = try SimulatorProcess.program(
            beside: OwnExecutable.path,
            path: invocation.context.environment("PATH")
        )
        let folder = try invocation.stateDirectory()
        return try await SimulatorProcess.with(dataIn: folder, program: program) { simulator in
            let settings = DeviceSettings(
                name: "drill",
                url: simulator.url,
                user: simulator.user,
                password: simulator.password,
                connections: 2,
                // A simulator is nobody that the ledger knows.
                identity: "drill"
            )
            return try await invocation.withDevice(settings) { device in
                let marks = try await restoreAndCompare(snapshot, device, settings, folder)
                return Result(
                    snapshot: snapshot,
                    marks: marks,
                    seconds: (ContinuousClock.now - started) / .seconds(1)
                )
            }
        }
    }

    private func restoreAndCompare(
        _ snapshot: Snapshot,
        _ device: any Device,
        _ settings: DeviceSettings,
        _ folder: String
    ) async throws -> [ComparisonMark: Int] {
        // A ledger of its own: what is learned of a simulated device is of no use to anybody.
        let scratch = ScratchFolder(in: folder)
        defer { withExtendedLifetime(scratch) {} }
        let ledger = try SQLiteLedger.open(directory: scratch.path() + "/ledger")
        let library = snapshot.library.name
        let source = LibraryRequest(title: snapshot.title, place: .snapshot(repository, snapshot))
        var options = MirrorOptions()
        options.creates = true
        options.workers = Workers.count
        let record = JobRecord(
            id: "drill",
            command: RestoreRunner.command,
            source: snapshot.title,
            target: "drill:\(library)",
            directory: "/",
            options: "{}",
            started: Double(invocation.context.now())
        )
        let request = DestinationRequest(device: device, settings: settings, library: library)
        let board = ProgressBoard()
        let job = MirrorJob(
            source: source,
            targets: [MirrorTarget(record: record, request: request, limits: ImageLimits())],
            options: options,
            ledger: ledger,
            scratch: folder,
            progress: board,
            clock: invocation.context.clock
        )
        for result in try await invocation.withProgress({ board.now }, { try await job.run() }) {
            _ = try result.end.get()
        }
        var marks: [ComparisonMark: Int] = [:]
        _ = try await CompareJob(
            first: source,
            second: LibraryRequest(title: "drill:\(library)", place: .device(device, library: library)),
            ledger: ledger,
            scratch: folder,
            workers: Workers.count,
            clock: invocation.context.clock
        ).run { marks[$0.mark, default: 0] += 1 }
        return marks
    }
}
