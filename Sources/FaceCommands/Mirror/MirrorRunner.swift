// SPDX-License-Identifier: Apache-2.0
internal import FaceImaging
internal import FaceLedger
import FaceLibraries
internal import FaceModel
internal import FacePipeline

/// Runs mirrors: opens what they need, shows how far they are, and tells what came of each target.
struct MirrorRunner {
    let invocation: Invocation
    /// Where reports are written, `nil` without `--report`.
    let report: String?

    /// Runs new mirrors.
    ///
    /// - Parameters:
    ///   - source: The source as it was typed.
    ///   - targets: The targets as they were typed.
    ///   - settings: What is asked of them.
    ///   - planFile: Where the plan is written, `nil` for none.
    /// - Returns: The status that all targets together stand for.
    /// - Throws: What keeps the source from being read; ``ExitStatus/init(endingWith:)`` gives each its status.
    func start(
        _ source: String,
        to targets: [String],
        _ settings: MirrorSettings,
        planFile: String?
    ) async throws -> ExitStatus {
        let head = PlanFile.Head(
            source: source,
            targets: targets,
            directory: WorkingDirectory.path,
            settings: settings
        )
        guard let planFile else { return try await run(head, plan: nil, writer: nil) }
        // Nothing of a plan that is not finished remains.
        let writer = try PlanWriter(planFile, head)
        let status = try await run(head, plan: nil, writer: writer)
        guard [.success, .rowsRejected].contains(status) else { return status }
        let changes = try writer.finish()
        invocation.console.notice(
            "\(planFile) has \(count(changes, "change")); facelib mirror --apply \(planFile) carries them out."
        )
        return status
    }

    /// Carries out a plan.
    ///
    /// - Parameters:
    ///   - file: The plan's file as it was typed.
    ///   - typed: Source and targets, where they were typed too.
    /// - Returns: The status that all targets together stand for.
    /// - Throws: ``CommandError`` for a plan that is none, or is about others than were typed; see ``start``.
    func apply(_ file: String, named typed: [String]) async throws -> ExitStatus {
        let path = WorkingDirectory.absolute(file)
        let plan = try PlanReader(path)
        guard typed.isEmpty || typed == [plan.head.source] + plan.head.targets else {
            throw CommandError.usage(
                "\(file) is a plan from \(plan.head.source) to \(plan.head.targets.joined(separator: ", ")); "
                    + "leave source and targets out."
            )
        }
        return try await run(plan.head.carriedOut(asWrittenIn: path), plan: plan, writer: nil)
    }

    /// Puts back what a job replaced, changed and removed.
    ///
    /// - Parameters:
    ///   - job: The job's id.
    ///   - isRehearsal: Whether nothing is changed.
    /// - Returns: The status of a job that came to its end.
    /// - Throws: ``CommandError`` when there is no such job or nothing is kept of it; see ``start``.
    func undo(_ job: String, isRehearsal: Bool) async throws -> ExitStatus {
        let ledger = try invocation.openLedger()
        let record = try await ledger.namedJob(job)
        guard try await ledger.trashCount(of: job) > 0 else {
            throw CommandError.failed(
                "Nothing is kept of job \(job): it replaced and removed nothing, or that is more than 30 days ago."
            )
        }
        let head = PlanFile.Head(
            source: "trash:\(job)",
            targets: [record.target],
            directory: WorkingDirectory.path,
            settings: MirrorSettings(undoes: job, isRehearsal: isRehearsal)
        )
        return try await run(head, plan: nil, writer: nil)
    }

    private func run(
        _ head: PlanFile.Head,
        plan: PlanReader?,
        writer: PlanWriter?
    ) async throws -> ExitStatus {
        let ledger = try invocation.openLedger()
        let source =
            head.settings.undoes == nil ? try invocation.address(head.source, seenFrom: head.directory) : nil
        let targets = try head.targets.map { ($0, try invocation.address($0)) }
        for (typed, address) in targets where address.deviceName == nil {
            throw CommandError.usage(
                "\(typed) is a path; a mirror fills libraries on devices, and export writes files."
            )
        }
        if source?.isWholeDevice == true, let one = targets.first(where: { !$0.1.isWholeDevice })?.1.deviceName {
            throw CommandError.usage("\(head.source) is all libraries of a device; write the target as \(one): too.")
        }
        let names = targets.compactMap(\.1.deviceName) + [source?.deviceName].compactMap(\.self)
        return try await invocation.withDevices(names) { devices in
            let places = LibraryPlaces(
                invocation: invocation,
                devices: devices,
                access: head.settings.access,
                encoding: head.settings.encoding,
                directory: head.directory
            )
            let teller = MirrorTeller(
                invocation: invocation,
                report: report,
                ledger: ledger,
                folders: targets.count > 1 || source?.isWholeDevice == true
            )
            var jobs = MirrorJobs(
                invocation: invocation,
                ledger: ledger,
                devices: devices,
                head: head,
                plan: plan
            )
            let takePlan = writer.map { writer in { @Sendable line in try writer.write(line) } }
            let sources = try await Self.sources(head, source, places)
            jobs.run = CommandRun(of: sources.flatMap { library in targets.map { library.part(to: $0.1) } })
            for library in sources {
                let ends = try await jobs.run(library, to: targets, takePlan: takePlan)
                for end in ends { try await teller.tell(end.record, end.result) }
            }
            return teller.status
        }
    }

    /// The libraries that are mirrored, each with its name where it is one of a device.
    private static func sources(
        _ head: PlanFile.Head,
        _ address: Address?,
        _ places: LibraryPlaces
    ) async throws -> [MirrorJobs.Source] {
        guard let address else {
            let job = head.settings.undoes ?? ""
            return [.init(name: nil, request: LibraryRequest(title: head.source, place: .trash(job: job)))]
        }
        guard address.isWholeDevice, let device = address.deviceName else {
            let name = if case .device(_, let library) = address { library } else { nil as String? }
            return [.init(name: name, request: try places.request(address, head.source))]
        }
        let names = try await places.libraries(of: address)
        if names.isEmpty { throw CommandError.failed("\(device) has no libraries, so nothing was changed.") }
        return try names.map { name in
            let typed = "\(device):\(name)"
            return .init(name: name, request: try places.request(.device(name: device, library: name), typed))
        }
    }
}

extension MirrorJobs.Source {
    /// The job that makes a target look like this source.
    fileprivate func part(to target: Address) -> CommandRun.Part {
        let library = target.libraryName ?? name ?? ""
        return CommandRun.Part(source: request.title, target: "\(target.deviceName ?? ""):\(library)")
    }
}
