// SPDX-License-Identifier: Apache-2.0

/// Something a command was asked for, in both of the forms it can be given.
protocol Answer: Sendable {
    /// The lines for a person.
    var lines: [String] { get }
    /// The object for a program, one a line.
    var json: JSONValue { get }
}

/// The form in which answers are given.
enum AnswerFormat: Sendable, Hashable {
    /// Text for people.
    case text
    /// One JSON object a line (`--json`).
    case json

    /// The text of an answer in this form, ready to be written.
    func render(_ answer: some Answer) -> String {
        switch self {
        case .text: answer.lines.map { $0.printable + "\n" }.joined()
        case .json: answer.json.line + "\n"
        }
    }
}
