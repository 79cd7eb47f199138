// SPDX-License-Identifier: Apache-2.0

/// What came of a run, for Prometheus: a file that node_exporter's textfile collector reads (`--metrics FILE`).
///
/// The file holds the libraries of one run and replaces that of the run before, of which only the times of the last
/// success live on. Two command lines need two files. Nothing in it is about a person, and everybody may read it.
struct BackupMetrics: Sendable {
    /// What came of one library in a run.
    struct LibraryRun: Sendable, Hashable {
        /// The device's name in the configuration.
        var device: String
        /// The library's name, `nil` when the run ended before it was known which libraries there are.
        ///
        /// Then it counts for all libraries of the device that the file knows of.
        var library: String?
        /// What the run would end with if there were no other libraries.
        var status: ExitStatus
        /// How long it took.
        var duration: Duration
        /// What was backed up; `nil` when the run ended before there was a snapshot.
        var counts: Counts?
        /// Why it did not go through, in the words of standard error; `nil` where it did.
        var cause: String?
    }

    /// What a snapshot cost and holds.
    struct Counts: Sendable, Hashable {
        /// Portraits in the snapshot.
        var portraits: Int
        /// Bytes that were added to the repository.
        var bytesWritten: Int
        /// Portraits that could not be read and are missing from the snapshot.
        var failed: Int
        /// Portraits in the snapshot without everything that belongs to them.
        var incomplete: Int
    }

    /// The file; its name ends in `.prom` for node_exporter to see it.
    let file: String

    /// Writes the file, all or nothing.
    ///
    /// A run that failed early writes one, too.
    ///
    /// - Parameters:
    ///   - runs: The libraries of the run.
    ///   - now: When the run ended, in seconds since 1970 UTC.
    /// - Throws: ``CommandError`` when the file cannot be written.
    func write(_ runs: [LibraryRun], at now: Int) throws(CommandError) {
        // Where there is none yet, or something else, nothing is known of earlier runs.
        let before = MetricsText.samples(in: (try? TextFile.read(file).text) ?? "")
        // One that is still to come was told by a wrong clock, and would keep an alarm quiet until then.
        let successes = before.filter { $0.name == Self.lastSuccess && (Double($0.value) ?? 0) <= Double(now) }
        let known = before.filter { $0.name == Self.lastRun }.map(\.labels)
        var samples: [MetricSample] = []
        for run in runs {
            for labels in Self.labels(of: run, among: runs, known: known) {
                let success = successes.last { $0.labels == labels }?.value
                samples += Self.samples(of: run, labels, at: now, lastSuccess: success)
            }
        }
        do {
            try TextFile.publish(file, with: MetricsText.text(of: samples, families: Self.families))
        } catch {
            throw .failed("The metrics \(file) cannot be written: \(error.text).")
        }
    }

    private static let lastSuccess = "facelib_backup_last_success_timestamp_seconds"
    private static let lastRun = "facelib_backup_last_run_timestamp_seconds"

    /// The metrics, in the order of the file, with their help.
    private static let families: [(name: String, help: String)] = [
        (lastSuccess, "When a run went through with exit status 0 for the last time."),
        (lastRun, "When the last run ended."),
        ("facelib_backup_exit_status", "What the last run ended with; 0 is success, 3 a partial success."),
        ("facelib_backup_duration_seconds", "How long the last run took."),
        ("facelib_backup_portraits", "Portraits in the snapshot of the last run."),
        ("facelib_backup_written_bytes", "Bytes that the last run added to the repository."),
        ("facelib_backup_failed_portraits", "Portraits that the last run could not read."),
        ("facelib_backup_incomplete_portraits", "Portraits in the snapshot of the last run that are not whole."),
    ]

    /// The series that a run stands for.
    private static func labels(
        of run: LibraryRun,
        among runs: [LibraryRun],
        known: [MetricLabels]
    ) -> [MetricLabels] {
        if let library = run.library { return [MetricLabels(device: run.device, library: library)] }
        let named = runs.compactMap { run in run.library.map { MetricLabels(device: run.device, library: $0) } }
        let others = known.filter { $0.device == run.device && !$0.library.isEmpty && !named.contains($0) }
        return others.isEmpty ? [MetricLabels(device: run.device, library: "")] : others
    }

    private static func samples(
        of run: LibraryRun,
        _ labels: MetricLabels,
        at now: Int,
        lastSuccess before: String?
    ) -> [MetricSample] {
        let success = run.status == .success ? String(now) : before
        let (seconds, attoseconds) = run.duration.components
        let values: [(String, String?)] = [
            (lastSuccess, success),
            (lastRun, String(now)),
            ("facelib_backup_exit_status", String(run.status.rawValue)),
            ("facelib_backup_duration_seconds", String(Double(seconds) + Double(attoseconds) / 1e18)),
            ("facelib_backup_portraits", run.counts.map { String($0.portraits) }),
            ("facelib_backup_written_bytes", run.counts.map { String($0.bytesWritten) }),
            ("facelib_backup_failed_portraits", run.counts.map { String($0.failed) }),
            ("facelib_backup_incomplete_portraits", run.counts.map { String($0.incomplete) }),
        ]
        return values.compactMap { name, value in value.map { MetricSample(name: name, labels: labels, value: $0) } }
    }
}
