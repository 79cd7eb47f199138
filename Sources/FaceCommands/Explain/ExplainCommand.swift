// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceModel

/// `facelib explain`: what a reason means and how to put it right.
struct ExplainCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract: "Say what a reason means and how to put it right; without one, list them all.",
        discussion: ExitStatus.table()
    )

    @Argument(help: ArgumentHelp("A reason as reports print it, such as quality.blurred.", valueName: "reason"))
    var reason: String?

    @OptionGroup(title: "Common options") var global: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        guard let reason else {
            let width = Reason.allCases.map(\.rawValue.count).max() ?? 0
            for reason in Reason.allCases {
                let line = reason.rawValue.padded(to: width) + "  " + reason.meaning
                try invocation.console.answer(Explanation(reason: reason, lines: [line]))
            }
            return .success
        }
        guard let known = Reason(rawValue: reason.lowercased()) else {
            let near = Nearest.names(to: reason, among: Reason.allCases.map(\.rawValue))
            let advice = near.isEmpty ? "facelib explain lists them all" : "perhaps \(near.joined(separator: " or "))"
            throw CommandError.usage("There is no reason \"\(reason)\"; \(advice).")
        }
        let lines = [known.rawValue, "  \(known.meaning)", "  \(known.advice)"]
        try invocation.console.answer(Explanation(reason: known, lines: lines))
        return .success
    }

    private struct Explanation: Answer {
        let reason: Reason
        let lines: [String]

        var json: JSONValue {
            [
                "type": "reason", "reason": .string(reason.rawValue), "meaning": .string(reason.meaning),
                "advice": .string(reason.advice),
            ]
        }
    }
}
