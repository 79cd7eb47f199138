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

    /// The command line names something that does not exist or makes no sense.
    ///
    /// - Parameter message: One sentence.
    /// - Returns: An error with status 64.
    public static func usage(_ message: String) -> Self { Self(exitStatus: .usage, message: message) }

    /// A guard stopped the command before it changed anything.
    ///
    /// - Parameter message: One sentence.
    /// - Returns: An error with status 4.
    public static func stopped(_ message: String) -> Self { Self(exitStatus: .stopped, message: message) }
}
