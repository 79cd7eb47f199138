// SPDX-License-Identifier: Apache-2.0
internal import FaceLedger
internal import FaceModel

/// The jobs of a command that has several, one for each library and target: whoever takes up one takes up all.
///
/// Each job keeps with its options what the whole command was to do, so that a run that ended before some jobs began is
/// known to lack them.
struct CommandRun: Sendable, Hashable {
    /// What one job is about.
    struct Part: Sendable, Hashable {
        /// The source, as its job has it.
        var source: String
        /// The target, as its job has it.
        var target: String
    }

    /// What the ledger has of a part.
    enum Standing: Sendable {
        /// It came to its end, and no row failed.
        case done
        /// It was begun.
        case begun(JobRecord)
        /// There is no job yet.
        case absent

        /// Whether there is no job yet.
        var isAbsent: Bool { if case .absent = self { true } else { false } }
    }

    private let id: String
    /// All jobs of the command, in their order.
    let parts: [Part]

    /// A command that begins; `nil` for one with a single job, which needs no run.
    init?(of parts: [Part]) {
        guard parts.count > 1 else { return nil }
        id = String(UInt64.random(in: .min ... .max), radix: 16)
        self.parts = parts
    }

    /// Reads the run of a job, `nil` for a job that was alone.
    ///
    /// - Parameter options: The job's options.
    init?(reading options: JSONValue) {
        guard let run = options["run"], case .string(let id)? = run["id"], case .array(let parts)? = run["parts"] else {
            return nil
        }
        self.id = id
        self.parts = parts.compactMap { part in
            guard case .string(let source)? = part["source"], case .string(let target)? = part["target"] else {
                return nil
            }
            return Part(source: source, target: target)
        }
    }

    /// What is added to the options of each job.
    var member: JSONValue.Member {
        let parts = parts.map { part -> JSONValue in
            ["source": .string(part.source), "target": .string(part.target)]
        }
        return JSONValue.Member(key: "run", value: ["id": .string(id), "parts": .array(parts)])
    }

    /// What is still to be done of the command that a job belongs to.
    ///
    /// - Parameters:
    ///   - record: The job that is taken up, which counts as begun in any case.
    ///   - ledger: The ledger.
    /// - Returns: The parts in their order, without those that are done; of a job that was alone, its own.
    /// - Throws: `LedgerError`, ``CommandError`` for options that cannot be read.
    static func rest(besides record: JobRecord, in ledger: any Ledger) async throws -> [(
        part: Part, standing: Standing
    )] {
        let own = Part(source: record.source, target: record.target)
        guard let run = CommandRun(reading: try JSONReader.value(in: record.options)) else {
            return [(own, .begun(record))]
        }
        var standings = try await run.standings(in: ledger, command: record.command)
        standings[own] = .begun(record)
        return run.parts.compactMap { part in
            switch standings[part, default: .absent] {
            case .done: nil
            case let standing: (part, standing)
            }
        }
    }

    private func standings(in ledger: any Ledger, command: String) async throws -> [Part: Standing] {
        var standings: [Part: Standing] = [:]
        for job in try await ledger.jobs(limit: 10_000) where job.command == command {
            let part = Part(source: job.source, target: job.target)
            guard standings[part] == nil, let options = try? JSONReader.value(in: job.options),
                CommandRun(reading: options)?.id == id
            else { continue }
            let failed = try await ledger.outcomes(of: job.id)[.failed, default: 0]
            standings[part] = job.state == .finished && failed == 0 ? .done : .begun(job)
        }
        return standings
    }
}
