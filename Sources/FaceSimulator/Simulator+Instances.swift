// SPDX-License-Identifier: Apache-2.0
public import Logging

extension Simulator {
    /// Runs several simulators for as long as `body` runs, then ends all of them at the same time.
    ///
    /// They share nothing but the process.
    ///
    /// - Parameters:
    ///   - configurations: How each device is set up; each has a folder of its own.
    ///   - logger: Takes the simulators' own faults, with the number of the device when there are several.
    ///   - body: Called once every simulator listens, with all of them in the order of the configurations.
    /// - Returns: What `body` returned.
    /// - Throws: What `body` threw, or ``SimulatorError`` for a folder that cannot be written or a port that is taken;
    ///   then none of them runs.
    public static func run<Result: Sendable>(
        _ configurations: [SimulatorConfiguration],
        logger: Logger,
        _ body: ([RunningSimulator]) async throws -> Result
    ) async throws -> Result {
        let (arrivals, arrival) = AsyncStream.makeStream(of: (Int, RunningSimulator).self)
        // Nothing is ever sent on these: a simulator runs until its stream is finished.
        let ends = configurations.map { _ in AsyncStream.makeStream(of: Never.self) }
        return try await withThrowingTaskGroup(of: Void.self) { group in
            for (index, configuration) in configurations.enumerated() {
                let end = ends[index].stream
                var logger = logger
                if configurations.count > 1 { logger[metadataKey: "instance"] = "\(index + 1)" }
                group.addTask { [logger] in
                    // One that ends before all have come is not waited for.
                    defer { arrival.finish() }
                    try await Simulator.run(configuration, logger: logger) { simulator in
                        arrival.yield((index, simulator))
                        for await _ in end {}
                    }
                }
            }
            let running = await all(arrivals, configurations.count)
            let result: Swift.Result<Result, any Error>
            do {
                guard let running else { throw CancellationError() }
                result = .success(try await body(running))
            } catch {
                result = .failure(error)
            }
            for end in ends { end.continuation.finish() }
            var fault: (any Error)?
            while let ended = await group.nextResult() {
                if case .failure(let error) = ended { fault = fault ?? error }
            }
            // Of those that never listened the fault is the cause; what `body` threw is never hidden by a later one.
            if let fault, running == nil { throw fault }
            let value = try result.get()
            if let fault { throw fault }
            return value
        }
    }

    /// Waits until so many simulators listen; `nil` when one ended before that.
    private static func all(
        _ arrivals: AsyncStream<(Int, RunningSimulator)>,
        _ count: Int
    ) async -> [RunningSimulator]? {
        guard count > 0 else { return [] }
        var running: [Int: RunningSimulator] = [:]
        for await (index, simulator) in arrivals {
            running[index] = simulator
            if running.count == count { return (0..<count).compactMap { running[$0] } }
        }
        return nil
    }
}
