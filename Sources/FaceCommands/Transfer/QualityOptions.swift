// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import Glibc
internal import SystemPackage

/// The options of commands that judge pictures.
struct QualityOptions: ParsableArguments, Sendable {
    @Option(
        help: ArgumentHelp("The quality profile: hr, watchlist, off, or a file of thresholds.", valueName: "profile")
    )
    var quality = QualityOption.standard

    @Flag(help: "Show the raw value, score and threshold of every measure.")
    var explain = false
}

/// The folder a command runs in.
enum WorkingDirectory {
    /// The absolute path.
    static var path: String {
        guard let buffer = unsafe getcwd(nil, 0) else { return "." }
        defer { unsafe free(buffer) }
        return unsafe String(cString: buffer)
    }
}
