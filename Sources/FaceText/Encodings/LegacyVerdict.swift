// SPDX-License-Identifier: Apache-2.0

/// Which encoding a text without any mark is in, by how it reads in each.
package enum LegacyVerdict: Equatable {
    /// It reads well in this one, and far better than in any in which it reads differently.
    case sure(Possibility)
    /// It may be one of several, or reads well in none; the likeliest first.
    case doubt([Possibility])
    /// It is sound in none, or reads like nothing in all of them.
    case none

    /// An encoding that is not ruled out, and a few words as they read in it.
    package struct Possibility: Equatable {
        package let encoding: TextEncoding
        let words: [String]
    }

    /// By how many bits the best must be ahead: one wrong verdict in five hundred, if the alphabets were true.
    private static let margin = 9.0
    /// How much of a text may be what nobody writes.
    private static let tolerated = 0.2
    /// Where more of the best reading is, it is in none of these encodings.
    private static let hopeless = 0.5
    /// How far behind a possibility may be to be named, and how many are.
    private static let named = (bits: 30.0, count: 4)

    /// Judges the words of a sample.
    ///
    /// - Parameters:
    ///   - words: What ``TextSample`` kept.
    ///   - place: What the text stands in.
    package init(on words: [[UInt8]], in place: TextPlace) {
        let readings = Self.readings(of: words, in: place)
        guard let best = readings.first else {
            self = .none
            return
        }
        let rival = readings.first { $0.texts != best.texts }
        let lead = (rival?.bits ?? .infinity) - best.bits
        // Sisters read the same text: which of them it is makes no difference.
        let sisters = readings.filter { $0.texts == best.texts && $0.bits < best.bits + 6 }
        let strangeness = sisters.map(\.strangeness).min() ?? 1
        if lead >= Self.margin && strangeness <= Self.tolerated {
            self = .sure(Self.possibility(best, among: readings))
        } else if strangeness > Self.hopeless {
            self = .none
        } else {
            self = .doubt(Self.possibilities(readings))
        }
    }

    /// What a text may be that is sound UTF-8, if as UTF-8 it reads like nothing and far better in another encoding.
    static func doubt(ofUTF8 words: [[UInt8]], in place: TextPlace) -> [Possibility]? {
        let readings = readings(of: words, in: place)
        guard let asUTF8 = LegacyReading(.utf8, of: words, in: place), let best = readings.first,
            asUTF8.strangeness > tolerated, best.strangeness <= tolerated, asUTF8.bits - best.bits >= margin
        else { return nil }
        return possibilities(readings).prefix(named.count - 1) + [possibility(asUTF8, among: [asUTF8])]
    }

    private static func readings(of words: [[UInt8]], in place: TextPlace) -> [LegacyReading] {
        LegacyCandidate.all.compactMap { LegacyReading($0, of: words, in: place) }.sorted { $0.bits < $1.bits }
    }

    /// The likeliest ones that read differently.
    private static func possibilities(_ readings: [LegacyReading]) -> [Possibility] {
        guard let best = readings.first else { return [] }
        var seen: Set<[String]> = []
        let likely = readings.prefix { $0.bits < best.bits + named.bits }.filter { seen.insert($0.texts).inserted }
        return likely.prefix(named.count).map { possibility($0, among: readings) }
    }

    /// Of all encodings in which a text reads the same, the usual one.
    private static func possibility(_ reading: LegacyReading, among readings: [LegacyReading]) -> Possibility {
        let usual = readings.filter { $0.texts == reading.texts }.min { $0.rarity < $1.rarity } ?? reading
        return Possibility(encoding: usual.encoding, words: HeaderWords.others(than: usual.texts))
    }
}
