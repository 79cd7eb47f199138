// SPDX-License-Identifier: Apache-2.0
import FaceLedger

/// How far each target of a mirror has come: open, or ended by an error of its own.
///
/// The targets go through each phase side by side. One that fails ends alone; the others go on.
struct MirrorPhases: Sendable {
    /// One target.
    struct Phase: Sendable {
        /// The target as it was asked for.
        let asked: MirrorTarget
        fileprivate let started = ContinuousClock.now
        /// The target once it is open.
        fileprivate(set) var opened: OpenTarget?
        /// What ended it before its end.
        fileprivate(set) var failure: (any Error)?

        /// The job.
        var record: JobRecord { asked.record }
        /// The target while it is open, or what ended it.
        var target: Result<OpenTarget, any Error> {
            if let failure { return .failure(failure) }
            return opened.map { .success($0) } ?? .failure(CancellationError())
        }
        /// How long it took so far, in seconds.
        var seconds: Double { (ContinuousClock.now - started) / .seconds(1) }
    }

    /// All targets in order.
    private(set) var all: [Phase]

    init(_ targets: [MirrorTarget]) { all = targets.map { Phase(asked: $0) } }

    /// The targets that have not ended.
    var open: [OpenTarget] { all.compactMap { try? $0.target.get() } }

    /// Opens all targets.
    mutating func open(_ body: @escaping @Sendable (MirrorTarget) async throws -> OpenTarget) async {
        await advance { phase in try await body(phase.asked) }
    }

    /// Takes all open targets through one more phase.
    mutating func advanceOpen(_ body: @escaping @Sendable (OpenTarget) async throws -> Void) async {
        await advance { phase in
            guard let target = phase.opened else { throw CancellationError() }
            try await body(target)
            return target
        }
    }

    /// Ends all open targets.
    mutating func fail(_ error: any Error) {
        for index in all.indices where all[index].failure == nil { all[index].failure = error }
    }

    private mutating func advance(_ body: @escaping @Sendable (Phase) async throws -> OpenTarget) async {
        await withTaskGroup(of: (Int, Result<OpenTarget, any Error>).self) { group in
            for (index, phase) in all.enumerated() where phase.failure == nil {
                group.addTask {
                    do {
                        return (index, .success(try await body(phase)))
                    } catch {
                        return (index, .failure(error))
                    }
                }
            }
            for await (index, result) in group {
                switch result {
                case .success(let target): all[index].opened = target
                case .failure(let error): all[index].failure = error
                }
            }
        }
    }
}
