// SPDX-License-Identifier: Apache-2.0

/// Tells those who are not there what came of an unattended backup: metrics and the command of `--on-failure`.
struct BackupWitness {
    let invocation: Invocation
    let metrics: BackupMetrics?
    let hook: FailureHook?

    /// Watches a backup.
    ///
    /// - Parameters:
    ///   - source: The libraries as they were typed.
    ///   - repository: The repository as it was typed.
    ///   - body: Runs the backup; it hands over what came of each library.
    /// - Returns: The status of the backup.
    /// - Throws: What `body` throws, after it was told.
    func watch(
        _ source: String,
        into repository: String,
        _ body: ((BackupMetrics.LibraryRun) -> Void) async throws -> ExitStatus
    ) async throws -> ExitStatus {
        var runs: [BackupMetrics.LibraryRun] = []
        let started = ContinuousClock.now
        do {
            let status = try await body { runs.append($0) }
            await tell(status, source, repository, runs)
            return status
        } catch {
            let status = ExitStatus(endingWith: Task.isCancelled ? CancellationError() : error)
            let device = source.prefix { $0 != ":" }
            runs.append(
                .init(
                    device: String(device),
                    library: nil,
                    status: status,
                    duration: ContinuousClock.now - started,
                    counts: nil,
                    cause: status == .interrupted ? status.meaning : "\(error)"
                )
            )
            await tell(status, source, repository, runs)
            throw error
        }
    }

    private func tell(
        _ status: ExitStatus,
        _ source: String,
        _ repository: String,
        _ runs: [BackupMetrics.LibraryRun]
    ) async {
        do throws(CommandError) {
            try metrics?.write(runs, at: invocation.context.now())
        } catch {
            // A backup that was taken is not to be called a failure for that.
            invocation.console.warn(error.message)
        }
        let parts = runs.filter { $0.status != .success }
            .map { "\($0.device):\($0.library ?? ""): \($0.status.meaning)" }
        let message = "Backup of \(source) into \(repository): \(status.meaning)"
        let causes = runs.compactMap { run in
            run.cause.map { cause in run.library.map { "\(run.device):\($0): \(cause)" } ?? cause }
        }
        await hook?.run(
            status,
            message: parts.isEmpty ? message : message + " (" + parts.joined(separator: "; ") + ")",
            cause: causes.joined(separator: "; "),
            verb: "backup create",
            console: invocation.console
        )
    }
}
