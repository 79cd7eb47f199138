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
    ///   - typed: The repository as it was typed.
    ///   - name: The snapshot as it was typed.
    ///   - device: The device's name.
    ///   - library: The library's name; that of each snapshot, if `nil`.
    /// - Returns: The status that all libraries together stand for.
    /// - Throws: ``CommandError``, `RepositoryError`, and what keeps the device from being reached.
    func run(_ typed: String, snapshot name: String?, to device: String, _ library: String?) async throws -> ExitStatus
    {
        let repository = try invocation.openRepository(
            typed,
            settings.access,
            for: .reading,
            by: "facelib backup restore"
        )
        defer { repository.close() }
        let snapshots = try chosen(repository, name, isWholeDevice: library == nil)
        let ledger = try invocation.openLedger()
        return try await invocation.withDevices([device]) { devices in
            let teller = MirrorTeller(
                invocation: invocation,
                report: report,
                ledger: ledger,
                folders: snapshots.count > 1
            )
            var jobs = RestoreJobs(runner: self, ledger: ledger, devices: devices, source: repository.path)
            for snapshot in snapshots {
                let target = "\(device):\(library ?? snapshot.library.name)"
                // An absolute path, so that the job can be taken up from anywhere.
                let title = "\(repository.path)@\(snapshot.id)"
                let source = MirrorJobs.Source(
                    name: snapshot.library.name,
                    request: LibraryRequest(title: title, place: .snapshot(repository, snapshot))
                )
                try await jobs.restore(source, to: target, teller)
                if let opened = devices[device] {
                    let cameras = CameraRestoring(invocation: invocation, snapshot: snapshot, device: opened.device)
                    try await cameras.run(
                        library: library ?? snapshot.library.name,
                        binds: rebindsCameras && !isRehearsal,
                        isAgreed: isAgreed
                    )
                }
            }
            return teller.status
        }
    }

    /// The snapshots that are restored.
    private func chosen(_ repository: Repository, _ name: String?, isWholeDevice: Bool) throws -> [Snapshot] {
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
        planning = jobs(isRehearsal: true)
        working = jobs(isRehearsal: false)
    }

    mutating func restore(_ source: MirrorJobs.Source, to target: String, _ teller: MirrorTeller) async throws {
        let invocation = runner.invocation
        let targets = [(target, try invocation.address(target))]
        let counts = PlanCounts()
        let rehearsed = try await planning.run(source, to: targets, takePlan: counts.take)
        let isPossible = rehearsed.allSatisfy { (try? $0.result.end.get()) != nil }
        if isPossible {
            let plan = RestorePlan(source: source.request.title, target: target, counts: counts.all)
            try invocation.console.answer(plan)
            if !runner.isRehearsal {
                if plan.changesWhatIsThere {
                    try await invocation.confirm("Change what is on \(target) now?", agreed: runner.isAgreed)
                }
                return try await tell(working.run(source, to: targets), teller)
            }
        }
        try await tell(rehearsed, teller)
    }

    private func tell(_ ends: [(record: JobRecord, result: MirrorResult)], _ teller: MirrorTeller) async throws {
        for end in ends { try await teller.tell(end.record, end.result) }
    }
}
