// SPDX-License-Identifier: Apache-2.0

/// A sample of text as it reads in one encoding, and how likely anybody wrote that.
struct LegacyReading {
    let encoding: TextEncoding
    /// The words of the sample.
    let texts: [String]
    /// How rare the encoding is wherever it stands, in bits.
    let rarity: Double
    /// How unlikely it is, with how rare the encoding is.
    let bits: Double
    /// How much of it nobody writes, as a share of what is beyond ASCII.
    let strangeness: Double

    /// What a column's known name costs, in whichever language.
    private static let headerBits = 3.0

    /// Reads a sample; `nil` where it is not sound in the encoding.
    init?(_ candidate: LegacyCandidate, of words: [[UInt8]], in place: TextPlace) {
        guard let texts = TextConverter.texts(of: words, in: candidate.encoding) else { return nil }
        encoding = candidate.encoding
        self.texts = texts
        var tokens: [TextToken] = []
        rarity = candidate.rarity(in: .table)
        var bits = candidate.rarity(in: place)
        for text in texts {
            if HeaderWords.contains(text) {
                bits += Self.headerBits
                continue
            }
            let scalars = Array(text.unicodeScalars)
            let ofText = TextToken.all(of: scalars)
            // Where one encoding reads a letter, another may take it for the half of a character.
            let plain = scalars.count(where: \.isASCII) - ofText.reduce(0) { $0 + $1.asciiLetters }
            bits += 4.5 * Double(plain)
            tokens += ofText
        }
        let cost = Self.cost(of: tokens, in: candidate.languages)
        self.bits = bits + cost.bits
        strangeness = cost.strange / Double(max(1, cost.marked))
    }

    /// The cost in the language that fits best, with words of the others among it.
    private static func cost(of tokens: [TextToken], in languages: [Alphabet]) -> TokenCost {
        let costs = tokens.map { token in languages.map { TokenCost(token, in: $0) } }
        var best: TokenCost?
        for main in languages.indices {
            var total = TokenCost()
            for ofToken in costs {
                var least = ofToken[main]
                for (language, cost) in ofToken.enumerated() where language != main {
                    let other = cost.adding(TokenCost.otherLanguage)
                    if other.bits < least.bits { least = other }
                }
                // What any of the languages writes is not strange.
                least.strange = ofToken.map(\.strange).min() ?? 0
                total += least
            }
            if total.bits < best?.bits ?? .infinity { best = total }
        }
        return best ?? TokenCost()
    }
}
