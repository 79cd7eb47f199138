// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// A command that does something, given its surroundings.
protocol FacelibCommand: ParsableCommand {
    /// The options that every command takes.
    var global: GlobalOptions { get }

    /// Does what the command is for.
    ///
    /// - Parameter invocation: The resolved options and the surroundings.
    /// - Returns: The status of a run that came to its end.
    /// - Throws: What ``ExitStatus/init(endingWith:)`` turns into a status.
    func run(_ invocation: Invocation) async throws -> ExitStatus
}
