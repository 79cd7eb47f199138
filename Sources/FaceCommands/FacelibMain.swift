// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// The program, apart from signals.
public enum FacelibMain {
    /// The version that `--version` prints.
    static let version = "0.1.0"

    /// Runs one command line.
    ///
    /// Cancelling the task ends the command; what it had begun stands in the ledger.
    ///
    /// - Parameters:
    ///   - arguments: What was typed, without the program's name.
    ///   - context: Everything the command touches outside itself.
    /// - Returns: The exit status, one of ``ExitStatus``.
    public static func run(_ arguments: [String], in context: CommandContext) async -> Int32 {
        // Nothing else may be loaded or read when somebody only asks for the version.
        if arguments == ["--version"] { return write("facelib \(version)\n", to: context.output).rawValue }
        let arguments = MirrorUndoCommand.joiningVerb(arguments)
        let command: any ParsableCommand
        do {
            command = try Facelib.parseAsRoot(arguments.map(DeviceCallCommand.separatingConfirmation))
        } catch {
            return endParsing(error, arguments: arguments, in: context).rawValue
        }
        guard let command = command as? any FacelibCommand else {
            return showHelp(of: command, arguments: arguments, in: context).rawValue
        }
        return await run(command, in: context).rawValue
    }

    private static func run(_ command: any FacelibCommand, in context: CommandContext) async -> ExitStatus {
        let invocation = Invocation(context: context, options: command.global)
        do {
            return try await command.run(invocation)
        } catch {
            // Whatever a cancelled command stumbles over, the reason is that it was cancelled.
            let reason: any Error = Task.isCancelled ? CancellationError() : error
            let status = ExitStatus(endingWith: reason)
            switch status {
            case .success: break
            case .interrupted: invocation.console.fail(Interrupted(), status: status)
            default: invocation.console.fail(reason, status: status)
            }
            return status
        }
    }

    /// Help, the version in another place, or a command line that makes no sense.
    private static func endParsing(
        _ error: any Error,
        arguments: [String],
        in context: CommandContext
    ) -> ExitStatus {
        let isHelp = Facelib.exitCode(for: error).isSuccess
        let sink = isHelp ? context.output : context.errors
        let unknown = isHelp ? nil : UnknownVerb.sentence(about: arguments)
        let isJSON = arguments.contains("--json")
        if !isHelp, isJSON || unknown != nil {
            let console = Console(context: context, format: isJSON ? .json : .text, isQuiet: false)
            console.fail(CommandError.usage(unknown ?? Facelib.message(for: error)), status: .usage)
            return .usage
        }
        let text = MirrorUndoCommand.asTyped(Facelib.fullMessage(for: error, columns: sink.columns() ?? 100))
        let status = write(text.hasSuffix("\n") ? text : text + "\n", to: sink)
        return isHelp ? status : .usage
    }

    /// What is typed without a verb: help for the whole, an error for a group.
    private static func showHelp(
        of command: any ParsableCommand,
        arguments: [String],
        in context: CommandContext
    ) -> ExitStatus {
        let configuration = type(of: command).configuration
        if !(command is Facelib), !configuration.subcommands.isEmpty, let name = configuration.commandName {
            let verbs = configuration.subcommands.compactMap { $0.configuration.commandName }.joined(separator: ", ")
            let console = Console(
                context: context,
                format: arguments.contains("--json") ? .json : .text,
                isQuiet: false
            )
            let message = "facelib \(name) needs one of the verbs \(verbs); see facelib \(name) --help."
            console.fail(CommandError.usage(message), status: .usage)
            return .usage
        }
        do {
            var command = command
            try command.run()
            return .success
        } catch {
            return endParsing(error, arguments: arguments, in: context)
        }
    }

    private static func write(_ text: String, to sink: TextSink) -> ExitStatus {
        do {
            try sink.write(text)
            return .success
        } catch {
            return ExitStatus(endingWith: error)
        }
    }
}

/// The words for a run that a signal ended.
private struct Interrupted: Error, CustomStringConvertible {
    let description = "Interrupted."
}
