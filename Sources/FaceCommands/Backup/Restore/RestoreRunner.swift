// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice
internal import FaceLedger
internal import FaceTransfer

/// Restores snapshots to a device through the engine of mirrors: first the plan, then, if it may be, the work.
struct RestoreRunner {
    /// The name of the command in the ledger.
    static let command = "restore"

    let invocation: Invocation
    /// Where reports are written, `nil` without `--report`.
    let report: String?
    let settings: MirrorSettings
    /// Whether `--rebind-cameras` was given.
    let rebindsCameras: Bool
    /// Whether `--yes` was given.
    let isAgreed: Bool
    /// Whether nothing is changed.
    let isRehearsal: Bool

    /// Restores.
    ///
    /// - Parameters:
    ///   - source: The snapshot.
    ///   - target: A library on a device, or all of them: then that of each snapshot's own name.
    /// - Returns: The status that all libraries together stand for.
    /// - Throws: ``CommandError``, `RepositoryError`, and what keeps the device from being reached.
    func run(_ source: Address, to target: Address) async throws -> ExitStatus {
        let repository = try open(source)
        let snapshots = try chosen(source, repository, isWholeDevice: target.isWholeDevice)
        let ledger = try invocation.openLedger()
        return try await invocation.withDevices([target.deviceName].compactMap(\.self)) { devices in
            let teller = MirrorTeller(
                invocation: invocation,
                report: report,
                ledger: ledger,
                folders: snapshots.count > 1
            )
            var jobs = RestoreJobs(runner: self, ledger: ledger, devices: devices, source: repository.path)
            try await jobs.restore(snapshots, of: repository, to: target, teller)
            return teller.status
        }
    }

    private func open(_ source: Address) throws -> Repository {
        guard case .snapshot(let path, _) = source else { throw CommandError.usage("What is restored is a snapshot.") }
        return try invocation.openRepository(path, settings.access, for: .reading)
    }

    /// The snapshots that are restored.
    private func chosen(_ source: Address, _ repository: Repository, isWholeDevice: Bool) throws -> [Snapshot] {
        let name = if case .snapshot(_, let name) = source { name } else { nil as String? }
        guard isWholeDevice, name == nil else { return [try repository.snapshot(named: name)] }
        guard Set(repository.snapshots.map(\.device.serial)).count == 1 else {
            throw CommandError.usage(
                "The repository has snapshots of several devices, or none; name a snapshot: REPO@SNAPSHOT."
            )
        }
        return repository.newestOfEachLibrary
    }
}

/// Plans and restores one library after the other; the limit of deletes counts for all of them.
private struct RestoreJobs {
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

    /// Plans and restores one snapshot after the other.
    mutating func restore(
        _ snapshots: [Snapshot],
        of repository: Repository,
        to target: Address,
        _ teller: MirrorTeller
    ) async throws {
        working.run = CommandRun(
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
    private mutating func restore(
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
        let cameras = CameraRestoring(invocation: runner.invocation, snapshot: snapshot, device: opened.device)
        let binds = runner.rebindsCameras && !runner.isRehearsal
        try await cameras.run(library: library, binds: binds, isAgreed: runner.isAgreed)
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
        if runner.isRehearsal {
            try await tell(rehearsed, teller)
            return true
        }
        if plan.changesWhatIsThere {
            try await invocation.confirm("Change what is on \(target) now?", agreed: runner.isAgreed)
        }
        let ends = try await working.run(source, to: [(target, address)])
        try await tell(ends, teller)
        return ends.allSatisfy { (try? $0.result.end.get()) != nil }
    }

    private func tell(_ ends: [(record: JobRecord, result: MirrorResult)], _ teller: MirrorTeller) async throws {
        for end in ends { try await teller.tell(end.record, end.result) }
    }
}
