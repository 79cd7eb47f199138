// SPDX-License-Identifier: Apache-2.0

/// Why a command ended, in one sentence that says what to do.
public struct CommandError: ExitStatusProviding, CustomStringConvertible {
    /// The status that the run ends with.
    public var exitStatus: ExitStatus
    /// One sentence for a person, without secrets.
    public var message: String

    /// The sentence for a person.
    public var description: String { message }

    /// Something went wrong that the command line is not to blame for.
    ///
    /// - Parameter message: One sentence.
    /// - Returns: An error with status 1.
    public static func failed(_ message: String) -> Self { Self(exitStatus: .failed, message: message) }

    /// A source was read to its end, and there was nothing in it: that is never what was meant.
    ///
    /// - Parameter source: The source as it was typed.
    /// - Returns: An error with status 1.
    static func nothingTaken(from source: String) -> Self {
        .failed("\(source) has no photo and no row that could be taken, so nothing was done; check the path.")
    }

    /// The command line names something that does not exist or makes no sense.
    ///
    /// - Parameter message: One sentence.
    /// - Returns: An error with status 64.
    public static func usage(_ message: String) -> Self { Self(exitStatus: .usage, message: message) }

    /// A file that the command line names cannot be used.
    ///
    /// - Parameters:
    ///   - message: One sentence.
    ///   - problem: Why it cannot be used.
    /// - Returns: An error with status 64 where there is no such file, else with status 1.
    static func file(_ message: String, _ problem: TextFile.Problem) -> Self {
        Self(exitStatus: problem.isMissing ? .usage : .failed, message: message)
    }

    /// A guard stopped the command before it changed anything.
    ///
    /// - Parameter message: One sentence.
    /// - Returns: An error with status 4.
    public static func stopped(_ message: String) -> Self { Self(exitStatus: .stopped, message: message) }
}
