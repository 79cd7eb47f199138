// SPDX-License-Identifier: Apache-2.0

/// How often a language uses which letter in names and places, for telling encodings apart.
struct Alphabet: Sendable {
    /// The script that a language is written in; Japanese mixes Han and kana, which count as one.
    enum Script: Sendable {
        case latin, cyrillic, greek, armenian, hebrew, arabic, thai, han, hangul, halfwidth
    }

    let script: Script
    private let bits: [Unicode.Scalar: Double]

    /// Takes the letters in groups, the most frequent first; those of a group are half as frequent as those before.
    ///
    /// - Parameters:
    ///   - script: What it is written in.
    ///   - first: How many groups the first one comes after.
    ///   - groups: The small letters of each group, with `/` between groups; blanks and line ends mean nothing.
    init(_ script: Script, from first: Int = 0, _ groups: String) {
        self.script = script
        var bits: [Unicode.Scalar: Double] = [:]
        var cost = Double(first) + 2.5
        for scalar in groups.unicodeScalars where !scalar.properties.isWhitespace {
            if scalar == "/" {
                cost += 1
                continue
            }
            bits[scalar] = cost
            let capital = scalar.properties.uppercaseMapping.unicodeScalars
            if capital.count == 1, let letter = capital.first, bits[letter] == nil { bits[letter] = cost }
        }
        self.bits = bits
    }

    /// How many bits a letter tells; `nil` for one that the language does not use.
    func bits(of letter: Unicode.Scalar) -> Double? { bits[letter] }
}

extension Unicode.Scalar {
    /// The script of a letter, `nil` where no alphabet here has it.
    var script: Alphabet.Script? {
        switch value {
        case 0x41...0x2AF, 0x1E00...0x1EFF: .latin
        case 0x370...0x3FF: .greek
        case 0x400...0x52F: .cyrillic
        case 0x530...0x58F: .armenian
        case 0x590...0x5FF: .hebrew
        case 0x600...0x6FF: .arabic
        case 0xE00...0xE7F: .thai
        case 0xAC00...0xD7A3: .hangul
        case 0xFF65...0xFF9F: .halfwidth
        case 0x3005, 0x3040...0x30FF, 0x3400...0x9FFF, 0xF900...0xFAFF, 0x20000...0x3FFFF: .han
        default: nil
        }
    }
}
