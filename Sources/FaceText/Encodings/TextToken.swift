// SPDX-License-Identifier: Apache-2.0

/// A piece of a text that tells something of its encoding: a word with a letter beyond ASCII, or a sign beyond ASCII.
enum TextToken {
    /// Letters and marks without a gap.
    case word(ArraySlice<Unicode.Scalar>)
    /// A sign, how many letters stand right before it, and the letter right behind it.
    case sign(Unicode.Scalar, lettersBefore: Int, letterBehind: Unicode.Scalar?)

    /// The tokens of a text.
    static func all(of text: [Unicode.Scalar]) -> [TextToken] {
        var tokens: [TextToken] = []
        var (place, wordStart) = (0, 0)
        while place < text.count {
            guard isLetter(text[place]) else {
                if !text[place].isASCII {
                    let behind = place + 1 < text.count && isLetter(text[place + 1]) ? text[place + 1] : nil
                    tokens.append(.sign(text[place], lettersBefore: place - wordStart, letterBehind: behind))
                }
                place += 1
                wordStart = place
                continue
            }
            wordStart = place
            while place < text.count, isLetter(text[place]) { place += 1 }
            let word = text[wordStart..<place]
            if !word.allSatisfy(\.isASCII) { tokens.append(.word(word)) }
        }
        return tokens
    }

    /// How many of its letters are ASCII.
    var asciiLetters: Int {
        if case .word(let word) = self { word.count(where: \.isASCII) } else { 0 }
    }

    private static func isLetter(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.isASCII { return scalar.properties.isAlphabetic }
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark, .enclosingMark:
            return true
        default: return false
        }
    }
}
