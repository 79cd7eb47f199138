// SPDX-License-Identifier: Apache-2.0

/// Says whether a timer would ever run at the times that were typed.
struct CalendarCheck: Sendable {
    /// The program that knows all expressions of this machine's systemd; where it is not there, the usual forms count.
    var program = "systemd-analyze"

    /// What is wrong with an expression.
    ///
    /// - Parameter text: What was typed for `--at`.
    /// - Returns: The sentence for a person, `nil` where it will come.
    func problem(with text: String) -> String? {
        guard TimerUnit.mayBeCalendar(text) else { return Self.sentence(text, CalendarExpression.adviceForCron(text)) }
        switch verdict(text) {
        case .valid: return nil
        case .over:
            return "--at \"\(text.printable)\" is over and never comes again; name times that are still to come."
        case .unknown where CalendarExpression.isValid(text): return nil
        case .invalid, .unknown: return Self.sentence(text, CalendarExpression.adviceForCron(text))
        }
    }

    private enum Verdict {
        case valid, invalid, over
        /// The program is not there, or has trouble of its own.
        case unknown
    }

    private static func sentence(_ text: String, _ advice: String?) -> String {
        let remedy = advice ?? "write it as systemd.time(7) says, such as \"Mon..Fri 02:00\" or \"daily\""
        return "--at \"\(text.printable)\" is no calendar expression of systemd: \(remedy)."
    }

    private func verdict(_ text: String) -> Verdict {
        // The expression is an argument of the shell's, and no part of its line.
        let command = ["/bin/sh", "-c", "exec \"$0\" calendar -- \"$1\" 2>&1", program, text]
        var output: [UInt8] = []
        do throws(StartedProgram.Problem) {
            let pipe = try ProgramPipe()
            defer { pipe.close() }
            let started = try StartedProgram.start(
                command,
                variables: ["LC_ALL": "C.UTF-8", "SYSTEMD_COLORS": "0"],
                output: pipe.writing,
                hasOwnGroup: false
            )
            pipe.closeWriting()
            while case let chunk = pipe.read(), !chunk.isEmpty { if output.count < 65_536 { output += chunk } }
            let said = String(decoding: output, as: UTF8.self)
            if started.waitForEnd() == .status(0) { return said.contains("Next elapse: never") ? .over : .valid }
            return said.contains("Failed to parse") ? .invalid : .unknown
        } catch {
            return .unknown
        }
    }
}
