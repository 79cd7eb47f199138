// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// A line of shell that the user wrote: one that prints a password, or one that is told of a failure.
enum ShellCommand {
    typealias Problem = StartedProgram.Problem

    /// Runs a command with `/bin/sh -c` and takes the first line it prints.
    ///
    /// What it writes to standard error is shown as it comes; standard input is this process's own, so
    /// that a password manager can ask. Blocks until the command ends.
    static func firstLine(of command: String) throws(Problem) -> [UInt8] {
        let pipe = try ProgramPipe()
        defer { pipe.close() }
        let program = try StartedProgram.start(shell(command), output: pipe.writing, hasOwnGroup: false)
        pipe.closeWriting()
        var output: [UInt8] = []
        while true {
            let chunk = pipe.read()
            if chunk.isEmpty { break }
            if output.count < 65_536 { output += chunk }
        }
        if let fault = program.waitForEnd().fault { throw Problem(text: fault) }
        return Array(output.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") })
    }

    /// Runs a command with `/bin/sh -c` to its end, without anything to read.
    ///
    /// What it writes to either stream is shown on standard error, since standard output is for answers. It runs
    /// to its end in a task that was cancelled too.
    ///
    /// - Parameters:
    ///   - command: The line of shell.
    ///   - variables: What its environment has besides this process's own.
    ///   - limit: How long it may take; then it is ended, with what it started.
    /// - Throws: ``Problem`` when it could not be started, took too long or ended with another status than 0.
    static func run(_ command: String, variables: [String: String], limit: Duration) async throws(Problem) {
        let nothing = unsafe open("/dev/null", O_RDONLY | O_CLOEXEC)
        guard nothing >= 0 else { throw Problem(text: systemText(errno)) }
        defer { close(nothing) }
        let program = try StartedProgram.start(
            shell(command),
            variables: variables,
            input: nothing,
            output: STDERR_FILENO,
            hasOwnGroup: true
        )
        guard let ending = await program.end(within: limit) else {
            await program.stop(grace: .seconds(2))
            throw Problem(text: "it did not end within \(limit.components.seconds) s")
        }
        if let fault = ending.fault { throw Problem(text: fault) }
    }

    private static func shell(_ command: String) -> [String] { ["/bin/sh", "-c", command] }
}
