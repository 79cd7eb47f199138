// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice
internal import FaceLedger
import FaceLibraries
import FaceRepository
internal import FaceTransfer

/// Restores snapshots to a device through the engine of mirrors: first the plan, then, if it may be, the work.
struct RestoreRunner {
    /// The name of the command in the ledger.
    static let command = "restore"

    let invocation: Invocation
    /// Where reports are written, `nil` without `--report`.
    let report: String?
    let settings: MirrorSettings

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

    /// Plans and restores what a restore that was stopped did not come to, as it would have done.
    ///
    /// - Parameters:
    ///   - parts: The libraries.
    ///   - run: What the whole restore was to do.
    ///   - devices: The devices that are open, by name.
    ///   - ledger: The ledger.
    ///   - teller: Tells what comes of each.
    /// - Throws: ``CommandError``, `RepositoryError`, `DeviceError`, `LedgerError`, `CancellationError`.
    func restore(
        _ parts: [CommandRun.Part],
        of run: CommandRun?,
        on devices: [String: OpenedDevice],
        _ ledger: SQLiteLedger,
        _ teller: MirrorTeller
    ) async throws {
        for part in parts {
            let source = try invocation.address(part.source)
            let repository = try open(source)
            defer { repository.close() }
            guard case .snapshot(_, let name) = source else { continue }
            var jobs = RestoreJobs(runner: self, ledger: ledger, devices: devices, source: repository.path)
            jobs.run = run
            let snapshot = try repository.snapshot(named: name)
            try await jobs.restore(snapshot, of: repository, to: try invocation.address(part.target), teller)
        }
    }

    /// Sees to the cameras of a library that a restore which was stopped had begun.
    ///
    /// - Parameters:
    ///   - part: The library.
    ///   - device: The device that it was restored to.
    /// - Throws: ``CommandError``, `RepositoryError`, `DeviceError`, `CancellationError`.
    func restoreCameras(of part: CommandRun.Part, on device: any Device) async throws {
        let source = try invocation.address(part.source)
        guard case .snapshot(_, let name) = source, let library = try invocation.address(part.target).libraryName else {
            return
        }
        let repository = try open(source)
        defer { repository.close() }
        try await restoreCameras(of: try repository.snapshot(named: name), to: library, on: device)
    }

    /// Tells which cameras a library was bound to, and binds them where that is asked for.
    func restoreCameras(of snapshot: Snapshot, to library: String, on device: any Device) async throws {
        let cameras = CameraRestoring(invocation: invocation, snapshot: snapshot, device: device)
        let binds = settings.restoring.rebindsCameras && !settings.isRehearsal
        try await cameras.run(library: library, binds: binds, isAgreed: settings.restoring.isAgreed)
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
