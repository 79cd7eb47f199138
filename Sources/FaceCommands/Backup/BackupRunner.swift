// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice
internal import FaceImaging
internal import FaceLedger
import FaceLibraries
internal import FacePipeline
import FaceRepository
internal import FaceTransfer

/// Runs backups: opens what they need, shows how far they are, and tells what came of each library.
struct BackupRunner {
    /// The name of the command in the ledger.
    static let command = "backup"

    let invocation: Invocation
    /// Where reports are written, `nil` without `--report`.
    let report: String?

    /// Takes a snapshot of each library that an address names.
    ///
    /// - Parameters:
    ///   - source: The libraries as they were typed.
    ///   - repository: The repository as it was typed.
    ///   - settings: What is asked of the backup.
    ///   - noting: Takes what came of each library.
    /// - Returns: The status that all libraries together stand for.
    /// - Throws: What keeps all of them from being backed up.
    func start(
        _ source: String,
        into repository: String,
        _ settings: BackupSettings,
        noting: (BackupMetrics.LibraryRun) -> Void
    ) async throws -> ExitStatus {
        guard case .device(let name, let library) = try invocation.address(source) else {
            throw CommandError.usage("\(source) is no device; backups are taken of DEVICE: or DEVICE:LIBRARY.")
        }
        let ledger = try invocation.openLedger()
        let configuration = try invocation.device(named: name)
        // A repository is made only once it is known that there is something to put into it.
        let isNew = try await making(settings, ledger)
            .isNew(repository, settings.access, isRehearsal: settings.isRehearsal)
        let existing = isNew ? nil : try await open(repository, settings, seenFrom: nil, ledger)
        return try await invocation.withDevice(configuration) { device in
            let libraries = try await libraries(of: device, library, isProved: isNew)
            let opened =
                if let existing { existing } else { try await open(repository, settings, seenFrom: nil, ledger) }
            let run = CommandRun(of: libraries.map { .init(source: "\(name):\($0)", target: repository) })
            let options = run.map { settings.json.adding($0.member) } ?? settings.json
            var end = CombinedStatus()
            for library in libraries {
                let typed = "\(name):\(library)"
                let record = try await invocation.newJob(
                    Self.command,
                    typed,
                    to: repository,
                    options: options.line,
                    ledger
                )
                let request = LibraryRequest(title: typed, place: .device(device, library: library))
                let parts = libraries.count > 1 ? library : nil
                let began = ContinuousClock.now
                let taken = try await runOne(record, request, opened, settings, ledger, reportPart: parts)
                noting(
                    .init(
                        device: name,
                        library: library,
                        status: taken.status,
                        duration: ContinuousClock.now - began,
                        counts: taken.end.flatMap(BackupMetrics.Counts.init),
                        cause: taken.cause
                    )
                )
                end.add(taken.status)
                if end.isHopeless { break }
            }
            return end.status
        }
    }

    /// Takes an old backup up, and with it all other libraries of its command that are not done.
    ///
    /// - Parameters:
    ///   - record: The job.
    ///   - ledger: The ledger that holds it.
    /// - Returns: The status that all of them together stand for.
    /// - Throws: What keeps all of them from being backed up.
    func resume(_ record: JobRecord, _ ledger: SQLiteLedger) async throws -> ExitStatus {
        let settings = try BackupSettings(reading: record.options)
        guard case .device(let name, .some) = try invocation.address(record.source) else {
            throw CommandError.failed("Job \(record.id) names no library; run the backup again.")
        }
        let rest = try await CommandRun.rest(besides: record, in: ledger)
        let opened = try await open(record.target, settings, seenFrom: record.directory, ledger)
        return try await invocation.withDevice(try invocation.device(named: name)) { device in
            guard rest.count > 1 else {
                return try await run(record, request(record, device), opened, settings, ledger, reportPart: nil).status
            }
            var end = CombinedStatus()
            for (part, standing) in rest {
                let job =
                    switch standing {
                    case .begun(let begun): begun
                    default: try await invocation.newJob(like: record, part.source, to: part.target, ledger)
                    }
                let library = try invocation.address(part.source).libraryName
                end.add(
                    try await runOne(job, request(job, device), opened, settings, ledger, reportPart: library).status
                )
                if end.isHopeless { break }
            }
            return end.status
        }
    }

    private func request(_ record: JobRecord, _ device: any Device) throws -> LibraryRequest {
        let library = try invocation.address(record.source).libraryName ?? ""
        return LibraryRequest(title: record.source, place: .device(device, library: library))
    }

    /// The libraries that are backed up: the one that was named, which must be there where that is to be proved, or all.
    private func libraries(of device: any Device, _ named: String?, isProved: Bool) async throws -> [String] {
        if let named, !isProved { return [named] }
        let names = try await device.libraries().map(\.name)
        if let named {
            guard names.contains(named) else {
                let there = names.map { "\"\($0)\"" }.joined(separator: ", ")
                throw CommandError.usage(
                    "\(device.name) has no library \"\(named)\" (it has \(there.isEmpty ? "none" : there)), so no repository "
                        + "was made."
                )
            }
            return [named]
        }
        if names.isEmpty { throw CommandError.failed("\(device.name) has no libraries, so nothing was backed up.") }
        return names
    }

    /// Opens the repository, or makes it.
    private func open(
        _ typed: String,
        _ settings: BackupSettings,
        seenFrom directory: String?,
        _ ledger: any Ledger
    ) async throws -> Repository {
        try await making(settings, ledger)
            .open(typed, seenFrom: directory, settings.access, isRehearsal: settings.isRehearsal)
    }

    private func making(_ settings: BackupSettings, _ ledger: any Ledger) -> RepositoryMaking {
        RepositoryMaking(invocation: invocation, ledger: ledger, isAskedFor: settings.makesNewRepository)
    }

    /// Backs one library up; what ends it before its end is told, and does not keep the next one from its turn.
    private func runOne(
        _ record: JobRecord,
        _ request: LibraryRequest,
        _ repository: Repository,
        _ settings: BackupSettings,
        _ ledger: SQLiteLedger,
        reportPart: String?
    ) async throws -> Taken {
        do {
            return try await run(record, request, repository, settings, ledger, reportPart: reportPart)
        } catch let error as CancellationError {
            throw error
        } catch {
            let status = ExitStatus(endingWith: error)
            invocation.console.fail(CommandError.failed("\(record.source): \(error)"), status: status)
            return Taken(status: status, end: nil, cause: "\(error)")
        }
    }

    private func run(
        _ record: JobRecord,
        _ request: LibraryRequest,
        _ repository: Repository,
        _ settings: BackupSettings,
        _ ledger: SQLiteLedger,
        reportPart: String?
    ) async throws -> Taken {
        let outcome = JobReport(invocation: invocation, directory: JobReport.directory(report, part: reportPart))
        try outcome.prepare()
        if !settings.isRehearsal {
            try await Erasure(repository: repository, ledger: ledger)
                .finishPending(at: Double(invocation.context.now()), warn: invocation.console.warn)
        }
        let board = ProgressBoard()
        let console = invocation.console
        let job = BackupJob(
            record: record,
            request: request,
            repository: repository,
            options: settings.options,
            ledger: ledger,
            scratch: try invocation.stateDirectory(),
            progress: board,
            tell: { console.notice($0) },
            clock: invocation.context.clock
        )
        if console.format == .text { try console.print("\(record.source) → \(record.target)") }
        let end = try await invocation.whileRunning(record.id, board) { try await job.run() }
        let workshop = ImageWorkshop(limits: ImageLimits(), profile: .off)
        let status = try await outcome.tell(record.id, nil, ledger, workshop)
        guard let snapshot = end.snapshot else { return Taken(status: status, end: end, cause: nil) }
        console.notice(Self.sentence(snapshot, end))
        guard let doubt = snapshot.doubt else {
            return Taken(status: status, end: end, cause: status == .success ? nil : Self.cause(snapshot))
        }
        let doubtful = "\(record.source) may have portraits that are not in the snapshot: \(doubt)"
        console.warn(doubtful)
        return Taken(status: .failed, end: end, cause: doubtful)
    }

    /// What came of a library.
    private struct Taken {
        let status: ExitStatus
        /// The backup, `nil` where it did not come to its end.
        let end: BackupEnd?
        /// Why it did not go through; `nil` where it did.
        let cause: String?
    }

    /// Why a snapshot is not the whole library.
    private static func cause(_ snapshot: Snapshot) -> String {
        var parts: [String] = []
        if snapshot.failed > 0 { parts.append("\(count(snapshot.failed, "portrait")) could not be had") }
        if snapshot.incomplete > 0 { parts.append("\(count(snapshot.incomplete, "portrait")) incomplete") }
        return parts.isEmpty ? "portraits went while the backup ran" : parts.joined(separator: ", ")
    }

    private static func sentence(_ snapshot: Snapshot, _ end: BackupEnd) -> String {
        let new =
            end.newImages == 0 ? "no new image" : "\(count(end.newImages, "new image")), \(ByteText.of(end.newBytes))"
        let sampled = end.sampled == 0 ? "" : "; \(count(end.sampled, "older image")) read back"
        return
            "Snapshot \(snapshot.id): \(count(snapshot.portraits, "portrait")), \(new), read back and sound\(sampled)."
    }
}

extension BackupMetrics.Counts {
    /// The numbers of a backup; `nil` after a rehearsal.
    fileprivate init?(_ end: BackupEnd) {
        guard let snapshot = end.snapshot else { return nil }
        self.init(
            portraits: snapshot.portraits,
            bytesWritten: end.writtenBytes,
            failed: snapshot.failed,
            incomplete: snapshot.incomplete
        )
    }
}
