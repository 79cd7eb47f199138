// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// What a command says: answers on standard output, everything else on standard error.
final class Console: Sendable {
    /// The form in which answers are given.
    let format: AnswerFormat
    /// Whether notices and progress are kept back.
    let isQuiet: Bool

    private let output: TextSink
    private let errors: TextSink
    /// The progress line that stands on the terminal, "" when there is none.
    private let progress = Mutex("")

    init(context: CommandContext, format: AnswerFormat, isQuiet: Bool) {
        self.format = format
        self.isQuiet = isQuiet
        output = context.output
        errors = context.errors
    }

    /// Gives an answer on standard output.
    func answer(_ answer: some Answer) throws {
        let text = format.render(answer)
        guard output.isTerminal else { return try output.write(text) }
        try withoutProgress { try output.write(text) }
    }

    /// Writes lines that are ready to be read, such as a report, on standard output.
    func print(_ text: String) throws {
        try withoutProgress { try output.write(text + "\n") }
    }

    /// Says something that was asked for but is no answer, so that it stands on standard error.
    func explain(_ text: String) {
        withoutProgress { write(text.split(separator: "\n").map { String($0).printable + "\n" }.joined()) }
    }

    /// Says something worth knowing that `--quiet` may keep back.
    func notice(_ text: String) {
        guard !isQuiet else { return }
        say(text)
    }

    /// Says something that the user should see in any case.
    func warn(_ text: String) {
        say("Warning: \(text)")
    }

    /// Says why the run ends.
    func fail(_ error: any Error, status: ExitStatus) {
        let message = String(describing: error).printable
        switch format {
        case .text: say("Error: \(message)")
        case .json:
            let object: JSONValue = [
                "type": "error", "status": JSONValue(Int(status.rawValue)), "message": .string(message),
            ]
            say(object.line)
        }
    }

    /// Writes a line to standard error, above the progress line if there is one.
    func say(_ line: String) {
        withoutProgress { write(line.printable + "\n") }
    }

    /// Draws the progress line in place of the one before.
    func showProgress(_ line: String) {
        progress.withLock { shown in
            guard line != shown else { return }
            write("\r" + line + Self.eraseRest)
            shown = line
        }
    }

    /// Takes the progress line away.
    func clearProgress() {
        withoutProgress {}
    }

    /// Asks a question and waits for the answer; only `y` and `yes` mean yes.
    func confirms(_ question: String, input: TypedInput) async throws -> Bool {
        withoutProgress { write("\(question.printable) [y/N] ") }
        let typed: String
        do {
            typed = try await input.line() ?? ""
        } catch {
            // The question still stands on its line.
            write("\n")
            throw error
        }
        let word = typed.filter { !$0.isWhitespace }.lowercased()
        return word == "y" || word == "yes"
    }

    private static let eraseRest = "\u{1B}[K"

    private func withoutProgress(_ body: () throws -> Void) rethrows {
        progress.withLock { shown in
            if !shown.isEmpty { write("\r" + Self.eraseRest) }
            shown = ""
        }
        try body()
    }

    private func write(_ text: String) {
        // When standard error itself is broken there is nobody left to tell.
        try? errors.write(text)
    }
}
