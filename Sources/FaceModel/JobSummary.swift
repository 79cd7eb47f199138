// SPDX-License-Identifier: Apache-2.0

/// What a job came to, in numbers.
public struct JobSummary: Hashable, Sendable {
    /// The job's id, such as `20261122-101502-3f`.
    public var job: String
    /// The command that ran, such as `import`.
    public var command: String
    /// The source as it was typed.
    public var source: String
    /// The destination as it was typed, `nil` for `check`.
    public var target: String?
    /// The folder the command ran in; relative paths of rows are seen from here.
    public var directory: String
    /// The encoding that the user named for tables and file names, `nil` where it was left to the evidence.
    public var encoding: String?
    /// How many rows ended in each outcome.
    public var outcomes: [Outcome: Int]
    /// How long the job ran, in seconds.
    public var seconds: Double

    /// How many rows the job had.
    public var total: Int { outcomes.values.reduce(0, +) }

    /// Collects a job's numbers.
    ///
    /// - Parameters:
    ///   - job: The job's id.
    ///   - command: The command that ran.
    ///   - source: The source as it was typed.
    ///   - target: The destination as it was typed.
    ///   - directory: The folder the command ran in.
    ///   - encoding: The encoding that the user named.
    ///   - outcomes: How many rows ended in each outcome.
    ///   - seconds: How long the job ran.
    public init(
        job: String,
        command: String,
        source: String,
        target: String?,
        directory: String,
        encoding: String? = nil,
        outcomes: [Outcome: Int],
        seconds: Double
    ) {
        self.job = job
        self.command = command
        self.source = source
        self.target = target
        self.directory = directory
        self.encoding = encoding
        self.outcomes = outcomes
        self.seconds = seconds
    }
}
