// SPDX-License-Identifier: Apache-2.0

/// A line of shell that is told when an unattended run did not go through (`--on-failure`).
///
/// It runs for every status but 0: a partial success (3) is something an operator wants to hear of, too, and the
/// command can tell them apart by `FACELIB_STATUS`.
struct FailureHook: Sendable {
    /// The line of shell.
    let command: String
    /// How long it may take.
    var limit: Duration = .seconds(60)

    /// Runs the command, unless the run went through.
    ///
    /// It finds `FACELIB_STATUS`, `FACELIB_MESSAGE`, `FACELIB_CAUSE` and `FACELIB_COMMAND` in its environment. What goes wrong with it
    /// is warned about and has no other consequence.
    ///
    /// - Parameters:
    ///   - status: What the run ends with.
    ///   - message: One sentence for a person, without personal data.
    ///   - cause: Why the run did not go through, in the words of standard error.
    ///   - verb: The command that ran, without its arguments, such as `backup create`.
    ///   - console: Where warnings go.
    func run(_ status: ExitStatus, message: String, cause: String, verb: String, console: Console) async {
        guard status != .success else { return }
        // A variable ends at a zero, and a mail's subject at the end of the line.
        func oneLine(_ text: String) -> String {
            text.split(whereSeparator: \.isNewline).joined(separator: " ").printable
        }
        let variables = [
            "FACELIB_STATUS": String(status.rawValue),
            "FACELIB_MESSAGE": oneLine(message),
            "FACELIB_CAUSE": oneLine(cause),
            "FACELIB_COMMAND": verb,
        ]
        do throws(ShellCommand.Problem) {
            try await ShellCommand.run(command, variables: variables, limit: limit)
        } catch {
            console.warn("The command of --on-failure did not go through: \(error.text); try it in a shell.")
        }
    }
}
