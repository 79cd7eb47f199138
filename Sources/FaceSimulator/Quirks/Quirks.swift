// SPDX-License-Identifier: Apache-2.0

/// The quirks that are switched on, with their values.
public struct Quirks: Sendable {
    private struct Setting: Sendable {
        var numbers: [Int] = []
        var word: String?
        var hasOption = false
    }

    private var settings: [Quirk: Setting] = [:]

    /// No quirk: the simulator's defaults.
    public init() {}

    /// Reads quirks as the command line gives them.
    ///
    /// - Parameter texts: `NAME` or `NAME=VALUE`, one quirk each; of two with one name the later counts.
    /// - Throws: ``QuirkError`` for an unknown name or a value that does not fit.
    public init(parsing texts: [String]) throws(QuirkError) {
        for text in texts {
            let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard let quirk = Quirk(rawValue: parts[0]) else {
                throw QuirkError("unknown quirk \"\(parts[0])\"; --list-quirks prints all of them")
            }
            guard let setting = Self.setting(quirk.specification.value, parts.count > 1 ? parts[1] : nil) else {
                throw QuirkError("quirk \(quirk.rawValue): \(Self.expectation(of: quirk)), not \"\(text)\"")
            }
            settings[quirk] = setting
        }
    }

    /// Whether a quirk is on.
    ///
    /// - Parameter quirk: The quirk.
    public subscript(quirk: Quirk) -> Bool { settings[quirk] != nil }

    /// The number a quirk was given, or its default; `nil` when it is off.
    func number(_ quirk: Quirk) -> Int? { settings[quirk]?.numbers.first }

    /// All the numbers a quirk was given.
    func numbers(_ quirk: Quirk) -> [Int] { settings[quirk]?.numbers ?? [] }

    /// The word a quirk was given, or its default; `nil` when it is off.
    func word(_ quirk: Quirk) -> String? { settings[quirk]?.word }

    /// Whether the optional word stands after the number.
    func hasOption(_ quirk: Quirk) -> Bool { settings[quirk]?.hasOption ?? false }

    private static func setting(_ kind: Quirk.Value, _ text: String?) -> Setting? {
        switch kind {
        case .none:
            return text == nil ? Setting() : nil
        case .number(let range, let standard, let option):
            guard let text else { return standard.map { Setting(numbers: [$0]) } }
            let parts = text.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            guard let number = Int(parts[0]), range.contains(number) else { return nil }
            guard parts.count > 1 else { return Setting(numbers: [number]) }
            return parts.count == 2 && parts[1] == option ? Setting(numbers: [number], hasOption: true) : nil
        case .shift(let range, let standard):
            let number = text.map { Int($0) } ?? standard
            return number.flatMap { $0 != 0 && range.contains($0) ? Setting(numbers: [$0]) : nil }
        case .word(let words, let standard):
            guard let word = text ?? standard, words.contains(word) else { return nil }
            return Setting(word: word)
        case .numbers:
            let numbers = (text ?? "").split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
            let known = numbers.compactMap(\.self)
            return known.count == numbers.count ? Setting(numbers: known) : nil
        }
    }

    private static func expectation(of quirk: Quirk) -> String {
        switch quirk.specification.value {
        case .none: "it takes no value"
        case .number(let range, _, _): "write \(quirk.usage) with N from \(range.lowerBound) to \(range.upperBound)"
        case .shift(let range, _):
            "write \(quirk.usage) with N from \(range.lowerBound) to \(range.upperBound) except 0"
        case .word, .numbers: "write \(quirk.usage)"
        }
    }
}

/// Why a quirk on the command line cannot be taken.
public struct QuirkError: Error, CustomStringConvertible {
    /// One sentence for the person at the command line.
    public let description: String

    init(_ description: String) { self.description = description }
}
