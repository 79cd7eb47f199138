// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice
internal import FaceLedger
import FaceLibraries
import FaceRepository
internal import FaceTransfer

/// Plans and restores one library after the other; the limit of deletes counts for all of them.
struct RestoreJobs {
    private let runner: RestoreRunner
    private let devices: [String: OpenedDevice]
    private var planning: MirrorJobs
    private var working: MirrorJobs

    init(runner: RestoreRunner, ledger: SQLiteLedger, devices: [String: OpenedDevice], source: String) {
        func jobs(isRehearsal: Bool) -> MirrorJobs {
            var settings = runner.settings
            settings.isRehearsal = isRehearsal
            let head = PlanFile.Head(
                source: source,
                targets: devices.keys.map { $0 + ":" },
                directory: WorkingDirectory.path,
                settings: settings
            )
            return MirrorJobs(
                invocation: runner.invocation,
                ledger: ledger,
                devices: devices,
                head: head,
                command: RestoreRunner.command
            )
        }
        self.runner = runner
        self.devices = devices
        planning = jobs(isRehearsal: true)
        working = jobs(isRehearsal: false)
    }

    /// All jobs of the command, `nil` where there is only one.
    var run: CommandRun? {
        get { working.run }
        set { working.run = newValue }
    }

    /// Plans and restores one snapshot after the other.
    mutating func restore(
        _ snapshots: [Snapshot],
        of repository: Repository,
        to target: Address,
        _ teller: MirrorTeller
    ) async throws {
        run = CommandRun(
            of: snapshots.map { snapshot in
                let library = target.libraryName ?? snapshot.library.name
                return CommandRun.Part(
                    source: Self.title(of: snapshot, in: repository),
                    target: "\(target.deviceName ?? ""):\(library)"
                )
            }
        )
        for index in snapshots.indices { try await restore(snapshots[index], of: repository, to: target, teller) }
    }

    /// By an absolute path, so that the job can be taken up from anywhere.
    private static func title(of snapshot: Snapshot, in repository: Repository) -> String {
        "\(repository.path)@\(snapshot.id)"
    }

    /// Plans and restores one snapshot, and sees to the cameras.
    mutating func restore(
        _ snapshot: Snapshot,
        of repository: Repository,
        to target: Address,
        _ teller: MirrorTeller
    ) async throws {
        let (device, library) = (target.deviceName ?? "", target.libraryName ?? snapshot.library.name)
        let title = Self.title(of: snapshot, in: repository)
        let source = MirrorJobs.Source(
            name: library,
            request: LibraryRequest(title: title, place: .snapshot(repository, snapshot))
        )
        guard try await restore(source, to: .device(name: device, library: library), teller) else { return }
        guard let opened = devices[device] else { return }
        try await runner.restoreCameras(of: snapshot, to: library, on: opened.device)
    }

    /// Plans and restores one library, and says whether that was possible.
    private mutating func restore(
        _ source: MirrorJobs.Source,
        to address: Address,
        _ teller: MirrorTeller
    ) async throws -> Bool {
        let invocation = runner.invocation
        let target = "\(address.deviceName ?? ""):\(address.libraryName ?? "")"
        let counts = PlanCounts()
        let rehearsed = try await planning.run(source, to: [(target, address)], takePlan: counts.take)
        guard rehearsed.allSatisfy({ (try? $0.result.end.get()) != nil }) else {
            try await tell(rehearsed, teller)
            return false
        }
        let plan = RestorePlan(source: source.request.title, target: target, counts: counts.all)
        try invocation.console.answer(plan)
        if runner.settings.isRehearsal {
            try await tell(rehearsed, teller)
            return true
        }
        if plan.changesWhatIsThere {
            try await invocation.confirm("Change what is on \(target) now?", agreed: runner.settings.restoring.isAgreed)
        }
        let ends = try await working.run(source, to: [(target, address)])
        try await tell(ends, teller)
        return ends.allSatisfy { (try? $0.result.end.get()) != nil }
    }

    private func tell(_ ends: [(record: JobRecord, result: MirrorResult)], _ teller: MirrorTeller) async throws {
        for end in ends { try await teller.tell(end.record, end.result) }
    }
}
