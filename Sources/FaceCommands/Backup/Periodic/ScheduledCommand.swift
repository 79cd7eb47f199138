// SPDX-License-Identifier: Apache-2.0

/// A `facelib backup` command as it was typed, made independent of the folder and the shell it was typed in.
///
/// Paths become absolute: what the arguments without an option name, apart from devices (`hq:`), and the values of
/// options that name a file or a folder. An option that is not known here may or may not take the word after it; that
/// word is a path if something by that name is there.
struct ScheduledCommand: Sendable, Hashable {
    /// The verbs that need nobody who watches.
    static let verbs = ["create", "verify", "prune", "copy"]

    /// What is done, one of ``verbs``.
    let verb: String
    /// What follows the verb.
    private(set) var arguments: [String] = []
    /// The devices that are named.
    private(set) var devices: [String] = []
    /// The repositories that are named.
    private(set) var repositories: [String] = []
    /// The values of the options that name a file or a folder.
    private(set) var files: [String: String] = [:]
    /// Whether a line of shell runs when the command fails; it may need anything.
    private(set) var hasHook = false

    private let directory: String

    /// Reads a command.
    ///
    /// - Parameters:
    ///   - typed: The verb and what follows it.
    ///   - directory: The folder that paths are seen from.
    /// - Throws: ``CommandError`` with status 64.
    init(_ typed: [String], seenFrom directory: String) throws(CommandError) {
        let verbs = Self.verbs.joined(separator: ", ")
        guard let verb = typed.first else {
            throw .usage("Write what is to be run behind --, such as: -- create hq: /srv/backup (\(verbs)).")
        }
        guard Self.verbs.contains(verb) else {
            throw .usage("\"\(verb)\" cannot run unattended; these can: \(verbs).")
        }
        self.verb = verb
        self.directory = directory
        var rest = typed.dropFirst()
        var mayBeValue = false
        while let word = rest.popFirst() {
            if word.hasPrefix("--") {
                mayBeValue = try take(option: word, &rest)
            } else {
                take(word, mayBeValue: mayBeValue)
                mayBeValue = false
            }
        }
        guard !repositories.isEmpty else {
            throw .usage("The command names no repository; write it as in: -- create hq: /srv/backup.")
        }
    }

    /// The arguments for facelib, with the surroundings made explicit.
    ///
    /// - Parameters:
    ///   - config: The configuration to use where the command names none.
    ///   - state: The ledger's folder to use where the command names none.
    /// - Returns: What facelib is started with.
    func arguments(config: String, state: String) -> [String] {
        let defaults = [("--config", config), ("--state", state)].filter { files[$0.0] == nil }
        return ["backup", verb] + defaults.flatMap { [$0.0, $0.1] } + arguments
    }

    private static let places: Set<String> = ["--config", "--state", "--metrics", "--report"]
    private static let flags: Set<String> = [
        "--json", "--quiet", "--verbose", "--no-progress", "--show-personal-data", "--dry-run", "--full", "--read-all",
        "--drill",
    ]

    /// Takes an option, with its value where it is known to have one.
    ///
    /// - Returns: Whether the next word may be its value.
    private mutating func take(option word: String, _ rest: inout ArraySlice<String>) throws(CommandError) -> Bool {
        let name = String(word.prefix { $0 != "=" })
        let isPlace = Self.places.contains(name) || name.hasSuffix("-file")
        if name == "--on-failure" { hasHook = true }
        if name == "--new-repository" {
            throw .usage("--new-repository has no place in a timer: make the repository once by hand, without it.")
        }
        guard isPlace || name == "--on-failure" else {
            arguments.append(word)
            return word == name && !Self.flags.contains(name)
        }
        guard let value = word == name ? rest.popFirst() : String(word.dropFirst(name.count + 1)), !value.isEmpty else {
            throw .usage("\(name) needs a value.")
        }
        let kept = isPlace ? WorkingDirectory.absolute(value, seenFrom: directory) : value
        if isPlace { files[name] = kept }
        arguments += [name, kept]
        return false
    }

    /// Takes a word that is no option.
    private mutating func take(_ word: String, mayBeValue: Bool) {
        let path = WorkingDirectory.absolute(word, seenFrom: directory)
        if word.isEmpty || !TextFile.exists(path) {
            if mayBeValue { return arguments.append(word) }
            if Address.mayNameDevice(word) {
                devices.append(String(word.prefix { $0 != ":" }))
                return arguments.append(word)
            }
        }
        repositories.append(path)
        arguments.append(path)
    }
}
