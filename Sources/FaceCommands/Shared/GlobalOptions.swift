// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// The options that every command takes.
struct GlobalOptions: ParsableArguments, Sendable {
    @Option(help: ArgumentHelp("The configuration file.", valueName: "file"))
    var config: String?

    @Option(help: ArgumentHelp("The folder of the ledger.", valueName: "dir"))
    var state: String?

    @Flag(help: "Print one JSON object a line and nothing else.")
    var json = false

    @Flag(help: "Say nothing but answers, warnings and errors.")
    var quiet = false

    @Flag(help: "Say what is done in detail.")
    var verbose = false

    @Flag(help: "Show no progress.")
    var noProgress = false

    @Flag(help: "Let names stand in logs, and secrets in the replies of device call.")
    var showPersonalData = false

    mutating func validate() throws {
        if quiet && verbose { throw ValidationError("--quiet and --verbose exclude each other.") }
    }
}

/// The options of commands that move rows.
struct RowOptions: ParsableArguments, Sendable {
    @Flag(help: "Change nothing; rows that would go through end as ready.")
    var dryRun = false

    @Option(
        help: ArgumentHelp("Write summary.json, results.csv, rejected.csv and report.html there.", valueName: "dir")
    )
    var report: String?
}
