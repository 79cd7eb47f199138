// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceModel

/// What is wrong with a command line whose first words are no command.
enum UnknownVerb {
    /// Looks for the first word that should be a verb and is none.
    ///
    /// - Parameter arguments: What was typed, without the program's name.
    /// - Returns: One sentence, `nil` where all verbs are known.
    static func sentence(about arguments: [String]) -> String? {
        var command: any ParsableCommand.Type = Facelib.self
        var path = Facelib._commandName
        for word in arguments {
            let verbs = command.configuration.subcommands
            if verbs.isEmpty || word.hasPrefix("-") || word == "help" { return nil }
            // Swift 6.3 crashes on key paths of these types.
            guard let next = verbs.first(where: { verb in verb._commandName == word }) else {
                let names = verbs.filter { verb in verb.configuration.shouldDisplay }.map { verb in verb._commandName }
                let near = Nearest.names(to: word, among: names)
                let remedy =
                    near.isEmpty
                    ? "it has \(names.joined(separator: ", "))" : "did you mean \(near.joined(separator: " or "))?"
                return "\(path) has no command \"\(word)\"; \(remedy)"
            }
            command = next
            path += " " + word
        }
        return nil
    }
}
