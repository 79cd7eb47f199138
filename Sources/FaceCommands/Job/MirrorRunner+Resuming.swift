// SPDX-License-Identifier: Apache-2.0
internal import FaceLedger
import FaceLibraries
import FaceTransfer

extension MirrorRunner {
    /// Takes an old mirror up, and with it all other libraries and targets of its command that are not done.
    ///
    /// - Parameters:
    ///   - record: The job.
    ///   - ledger: The ledger that holds it.
    /// - Returns: The status that all of them together stand for.
    /// - Throws: What keeps a source from being read.
    func resume(_ record: JobRecord, _ ledger: SQLiteLedger) async throws -> ExitStatus {
        let object = try JSONReader.value(in: record.options)
        let settings = MirrorSettings(reading: object)
        let all = try await CommandRun.rest(besides: record, in: ledger)
        // What is on a device is changed only when its plan was seen, so what a restore did not come to is planned first.
        let missing = record.command == RestoreRunner.command ? all.filter(\.standing.isAbsent).map(\.part) : []
        let rest = all.filter { !missing.contains($0.part) }
        let plan = try settings.plan.map { path throws(CommandError) in try PlanReader(path) }
        let head = PlanFile.Head(
            source: record.source,
            targets: [record.target],
            directory: record.directory,
            settings: settings
        )
        return try await invocation.withDevices(try names(of: all.map(\.part), head)) { devices in
            let teller = MirrorTeller(
                invocation: invocation,
                report: report,
                ledger: ledger,
                folders: all.count > 1
            )
            var jobs = MirrorJobs(
                invocation: invocation,
                ledger: ledger,
                devices: devices,
                head: head,
                plan: plan,
                command: record.command
            )
            jobs.run = CommandRun(reading: object)
            let done = try await takeUp(rest, &jobs, teller)
            if record.command == RestoreRunner.command {
                let restore = RestoreRunner(invocation: invocation, report: report, settings: settings)
                for part in done {
                    guard let device = devices[try invocation.address(part.target).deviceName ?? ""] else { continue }
                    try await restore.restoreCameras(of: part, on: device.device)
                }
                try await restore.restore(missing, of: jobs.run, on: devices, ledger, teller)
            }
            return teller.status
        }
    }

    /// The devices that hold the sources and targets of some jobs.
    private func names(of parts: [CommandRun.Part], _ head: PlanFile.Head) throws -> [String] {
        let targets = try parts.map { try invocation.address($0.target).deviceName }
        guard head.settings.undoes == nil else { return targets.compactMap(\.self) }
        let sources = try parts.map { try invocation.address($0.source, seenFrom: head.directory).deviceName }
        return (targets + sources).compactMap(\.self)
    }

    /// Runs what is left of a command, each source once for all its targets.
    ///
    /// - Returns: What came to its end.
    private func takeUp(
        _ rest: [(part: CommandRun.Part, standing: CommandRun.Standing)],
        _ jobs: inout MirrorJobs,
        _ teller: MirrorTeller
    ) async throws -> [CommandRun.Part] {
        let records = rest.compactMap { if case .begun(let job) = $0.standing { job } else { nil } }
        if rest.count > 1 { invocation.console.notice("\(count(rest.count, "job")) of this command are to be done.") }
        var done: [CommandRun.Part] = []
        var sources: [String] = []
        for (part, _) in rest where !sources.contains(part.source) { sources.append(part.source) }
        for source in sources {
            let targets = try rest.filter { $0.part.source == source }
                .map { ($0.part.target, try invocation.address($0.part.target)) }
            let ends = try await jobs.run(try self.source(source, jobs), to: targets, resuming: records)
            for end in ends {
                try await teller.tell(end.record, end.result)
                if case .success = end.result.end { done.append(.init(source: source, target: end.record.target)) }
            }
        }
        return done
    }

    /// One source by its title.
    private func source(_ title: String, _ jobs: MirrorJobs) throws -> MirrorJobs.Source {
        if let job = jobs.head.settings.undoes {
            return .init(name: nil, request: LibraryRequest(title: title, place: .trash(job: job)))
        }
        let places = LibraryPlaces(
            invocation: invocation,
            devices: jobs.devices,
            access: jobs.head.settings.access,
            encoding: jobs.head.settings.encoding,
            directory: jobs.head.directory
        )
        let address = try invocation.address(title, seenFrom: jobs.head.directory)
        return .init(name: address.libraryName, request: try places.request(address, title))
    }
}
