// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceDevice

/// `facelib device call`: one message as it is, for what no other command can do.
struct DeviceCallCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "call",
        abstract: "Send one raw message to a device and print its reply.",
        discussion: """
            Messages that only read are sent at once. Any other needs --yes-i-mean-N with its own number, such as \
            --yes-i-mean-1027. Passwords, session ids, keys and codes in the reply are shown as dots unless \
            --show-personal-data is given.

            """ + ExitStatus.table(.stopped, .unreachable, .refused)
    )

    @Argument(help: ArgumentHelp("A device of the configuration.", valueName: "device"))
    var device: String

    @Argument(help: ArgumentHelp("The message's number, such as 1281.", valueName: "msg_id"))
    var message: Int

    @Argument(help: ArgumentHelp("The message's fields as a JSON object, without msg_id.", valueName: "json"))
    var fields = "{}"

    @Option(name: .customLong("yes-i-mean"), help: ArgumentHelp("Written --yes-i-mean-N.", visibility: .private))
    var confirmed: Int?

    @OptionGroup(title: "Common options") var global: GlobalOptions

    /// Turns `--yes-i-mean-1045`, which names its value in the option, into an option with a value.
    static func separatingConfirmation(_ argument: String) -> String {
        let prefix = "--yes-i-mean-"
        let number = argument.dropFirst(prefix.count)
        guard argument.hasPrefix(prefix), !number.isEmpty, number.allSatisfy({ $0.isASCII && $0.isNumber }) else {
            return argument
        }
        return "--yes-i-mean=\(number)"
    }

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        try checkFields()
        try checkMeant()
        let device = try invocation.device(named: device)
        let text = try await invocation.withDevice(device, isAwaited: true) { opened in
            try await opened.call(message: String(message), fieldsJSON: fields)
        }
        guard let reply = try? JSONReader.value(in: text) else {
            guard global.showPersonalData else {
                throw CommandError.failed(
                    "\(device.name) replied to \(message) with something that is not JSON, so its secrets cannot be"
                        + " told from the rest; --show-personal-data shows it all."
                )
            }
            try invocation.console.answer(Reply(device: device.name, message: message, reply: .string(text)))
            return .failed
        }
        let shown = global.showPersonalData ? reply : Redaction.withoutSecrets(reply, of: message)
        try invocation.console.answer(Reply(device: device.name, message: message, reply: shown))
        // 1902 and 1903 say `result` where the others say `code` (interface G9).
        let code = reply["code"]?.integer ?? reply["result"]?.integer
        guard let code, code != 0 else { return code == nil ? .failed : .success }
        invocation.console.notice("\(device.name) answered with the code \(code).")
        return .failed
    }

    private func checkFields() throws(CommandError) {
        do {
            guard case .object = try JSONReader.value(in: fields) else {
                throw CommandError.usage("The fields must be a JSON object, such as '{\"lib_id\": 1}'.")
            }
        } catch let error as JSONReader.Problem {
            throw .usage("The fields are not JSON, from character \(error.offset + 1) on; quote them for the shell.")
        } catch let error as CommandError {
            throw error
        } catch {
            throw .usage("The fields are not JSON.")
        }
    }

    private func checkMeant() throws(CommandError) {
        let known = DeviceMessage.all[message]
        if let known, known.isForm {
            throw .usage("\(message) (\(known.title)) takes files as a form, which device call cannot send.")
        }
        if let confirmed, confirmed != message {
            throw .usage("--yes-i-mean-\(confirmed) was typed, but the message is \(message).")
        }
        if known?.effect == .read || confirmed == message { return }
        let what =
            known.map { "\(message) (\($0.title)) does more than read: \($0.effect.rawValue)" }
            ?? "\(message) is not a message that facelib knows"
        throw .stopped("\(what); if you mean it, add --yes-i-mean-\(message).")
    }

    private struct Reply: Answer {
        let device: String
        let message: Int
        let reply: JSONValue

        var lines: [String] { reply.page.split(separator: "\n", omittingEmptySubsequences: false).map(String.init) }

        var json: JSONValue {
            ["type": "reply", "device": .string(device), "message": JSONValue(message), "reply": reply]
        }
    }
}
