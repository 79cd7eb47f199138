// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// The options of commands that judge pictures.
struct QualityOptions: ParsableArguments, Sendable {
    @Option(
        help: ArgumentHelp("The quality profile: hr, watchlist, off, or a file of thresholds.", valueName: "profile")
    )
    var quality = QualityOption.standard

    @Flag(help: "Show the raw value, score and threshold of every measure.")
    var explain = false
}
