// SPDX-License-Identifier: Apache-2.0

/// How unlikely a piece of text is, in bits, and how much of it nobody writes.
struct TokenCost {
    private(set) var bits = 0.0
    /// How many characters stand where nobody would write them; a rare Han is a part of one.
    var strange = 0.0
    /// How many characters are beyond ASCII.
    private(set) var marked = 0

    /// What it costs that a word of another language stands in a list.
    static let otherLanguage = 4.0

    /// The cost of nothing.
    init() {}

    /// The cost of a token in a language.
    init(_ token: TextToken, in alphabet: Alphabet) {
        switch token {
        case .word(let word):
            for letter in word { add(letter, in: alphabet) }
            addMixture(word, alphabet.script)
            addCase(word)
        case .sign(let sign, let before, let behind):
            addSign(sign, before, behind)
        }
    }

    static func += (total: inout TokenCost, cost: TokenCost) {
        total.bits += cost.bits
        total.strange += cost.strange
        total.marked += cost.marked
    }

    /// The same with so many bits more.
    func adding(_ bits: Double) -> TokenCost {
        var cost = self
        cost.bits += bits
        return cost
    }

    private mutating func add(_ letter: Unicode.Scalar, in alphabet: Alphabet) {
        if !letter.isASCII { marked += 1 }
        if let known = alphabet.bits(of: letter) {
            bits += known
        } else if letter.isASCII {
            bits += alphabet.script == .latin ? 4.5 : 8
        } else if letter.script != alphabet.script {
            bits += letter.script == nil ? 20 : 16
            strange += 1
        } else if alphabet.script == .han || alphabet.script == .hangul {
            // There are thousands, and some people have a name of which nobody else has a letter.
            bits += 13.5
            strange += 0.15
        } else {
            bits += 13
            strange += 1
        }
    }

    /// Words do not mix scripts; `A座` does.
    private mutating func addMixture(_ word: ArraySlice<Unicode.Scalar>, _ script: Alphabet.Script) {
        var scripts = Set(word.map(\.script))
        guard scripts.count > 1 else { return }
        strange += 1
        scripts.remove(.latin)
        bits += scripts == [.han] || scripts == [.hangul] ? 10 : 18
    }

    /// `Anna`, `ANNA`, or `anna`; never `aNnA`.
    private mutating func addCase(_ word: ArraySlice<Unicode.Scalar>) {
        var capitals: [Bool] = []
        for letter in word where !Self.hasOneCase.contains(letter) {
            if letter.properties.isUppercase { capitals.append(true) }
            if letter.properties.isLowercase { capitals.append(false) }
        }
        guard let first = capitals.first else { return }
        if capitals.allSatisfy(\.self) {
            bits += capitals.count > 1 ? 2 : 1
        } else if !capitals.contains(true) {
            bits += 3
        } else if first && !capitals.dropFirst().contains(true) {
            bits += 1
        } else {
            let changes = zip(capitals, capitals.dropFirst()).filter { !$0 && $1 }.count
            let falls = zip(capitals.dropFirst(), capitals.dropFirst(2)).filter { $0 && !$1 }.count
            bits += 3 + 15 * Double(changes + falls)
            strange += 0.5
        }
    }

    private static let hasOneCase: Set<Unicode.Scalar> = ["ª", "º", "ß", "ı", "ʼ"]

    private mutating func addSign(_ sign: Unicode.Scalar, _ before: Int, _ behind: Unicode.Scalar?) {
        if before > 0, let behind {
            switch sign {
            // O’Neil, d’Angelo; elsewhere in a word it is seldom.
            case "’" where before <= 2 && behind.properties.isUppercase: return bits += 5
            case "’": return (bits, strange, marked) = (bits + 11, strange + 0.5, 1)
            case "·" where behind.script == .han, "・" where behind.script == .han: return bits += 6
            case "·", "・": return (bits, strange, marked) = (bits + 14, strange + 1, 1)
            default: return (bits, strange, marked) = (bits + 22, strange + 1, 1)
            }
        }
        if let usual = Self.usualSigns[sign] { return bits += usual }
        marked = 1
        strange += 1
        switch sign.properties.generalCategory {
        case .control, .privateUse, .unassigned, .format, .surrogate: bits += 30
        default: bits += 15
        }
    }

    private static let usualSigns: [Unicode.Scalar: Double] = [
        "’": 5, "・": 6, "\u{3000}": 6, "·": 7, "\u{A0}": 7, "（": 7, "）": 7, "–": 8, "—": 8, "«": 8, "»": 8, "“": 8,
        "”": 8, "„": 8, "€": 8, "º": 9, "ª": 9, "，": 9, "、": 9, "´": 9, "‘": 9, "－": 9, "．": 9,
    ]
}
