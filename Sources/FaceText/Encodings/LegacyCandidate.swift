// SPDX-License-Identifier: Apache-2.0

/// What a text stands in: spreadsheets come in other encodings than the names in archives.
package enum TextPlace: Sendable { case table, fileNames }

/// An encoding that a text without any mark may be in.
package struct LegacyCandidate: Sendable {
    package let encoding: TextEncoding
    /// The languages that are written in it.
    let languages: [Alphabet]
    private let inTables: Double
    private let inNames: Double

    private init(_ name: String, _ inTables: Double, _ inNames: Double, _ languages: [Alphabet]) {
        encoding = TextEncoding(name)
        self.inTables = inTables
        self.inNames = inNames
        self.languages = languages
    }

    /// How rare the encoding is, in bits.
    func rarity(in place: TextPlace) -> Double { place == .table ? inTables : inNames }

    /// UTF-8, for texts that are so short that they may be it by accident.
    package static let utf8 = LegacyCandidate(
        "UTF-8",
        -6,
        -6,
        western + central + cyrillic + baltic + [
            .turkish, .greek, .armenian, .hebrew, .arabic, .thai, .chinese, .traditionalChinese, .japanese, .katakana,
            .korean,
        ]
    )

    /// All others that are told apart: those of Windows, of MS-DOS, of Unix, of old Macs.
    package static let all: [LegacyCandidate] = [
        .init("CP1252", 0, 2, western), .init("CP1250", 2, 4, central), .init("CP1251", 0, 1, cyrillic),
        .init("GB18030", 0, 0, [.chinese]), .init("BIG5-HKSCS", 0, 0, [.traditionalChinese]),
        .init("CP932", 0, 0, [.japanese, .katakana, .halfwidthKatakana]), .init("CP949", 0, 0, [.korean]),
        .init("CP1253", 1, 2, [.greek]), .init("CP1254", 3, 5, [.turkish, .german, .french]),
        .init("CP1255", 1, 2, [.hebrew]), .init("CP1256", 1, 2, [.arabic]), .init("CP1257", 4, 6, baltic),
        .init("CP874", 1, 1, [.thai]),
        .init("CP850", 6, 0, western), .init("CP437", 7, 1, western), .init("CP852", 7, 2, central),
        .init("CP737", 3, 1, [.greek]), .init("CP775", 9, 5, baltic), .init("CP855", 5, 5, cyrillic),
        .init("CP857", 9, 4, [.turkish]), .init("CP860", 7, 4, [.portuguese]), .init("CP861", 7, 5, [.icelandic]),
        .init("CP862", 3, 1, [.hebrew]), .init("CP863", 8, 5, [.french]),
        .init("CP865", 7, 4, [.norwegian, .danish]), .init("CP866", 3, 0, cyrillic),
        .init("CP1125", 5, 3, [.ukrainian]),
        .init("KOI8-R", 4, 4, [.russian, .bulgarian]), .init("KOI8-U", 4, 4, [.russian, .ukrainian]),
        .init("ISO-8859-2", 5, 6, central), .init("ISO-8859-5", 4, 5, cyrillic), .init("ISO-8859-6", 3, 4, [.arabic]),
        .init("ISO-8859-7", 3, 4, [.greek]), .init("ISO-8859-13", 6, 7, [.lithuanian, .latvian]),
        .init("ISO-8859-16", 5, 6, [.romanian]), .init("EUC-JP", 3, 3, [.japanese, .katakana]),
        .init("JOHAB", 6, 6, [.korean]),
        .init("MACINTOSH", 7, 4, western), .init("MAC-CENTRALEUROPE", 11, 10, central),
        .init("MAC-CYRILLIC", 5, 5, cyrillic),
    ]

    private static let western: [Alphabet] = [
        .german, .french, .spanish, .portuguese, .italian, .swedish, .danish, .norwegian, .finnish, .icelandic,
    ]
    private static let central: [Alphabet] = [
        .polish, .czech, .slovak, .hungarian, .romanian, .croatian, .slovenian, .german,
    ]
    private static let cyrillic: [Alphabet] = [.russian, .ukrainian, .bulgarian, .serbian]
    private static let baltic: [Alphabet] = [.lithuanian, .latvian, .estonian]
}

extension LegacyCandidate {
    /// The encoding that a user names: whichever of its languages fits.
    static func told(_ encoding: TextEncoding) -> LegacyCandidate {
        all.first { $0.encoding == encoding } ?? LegacyCandidate(encoding.name, 0, 0, utf8.languages)
    }
}
