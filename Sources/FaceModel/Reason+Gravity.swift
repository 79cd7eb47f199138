// SPDX-License-Identifier: Apache-2.0

extension Reason {
    /// All reasons, the gravest first: the one order in which the reasons of a row are told (`docs/reports.md`).
    ///
    /// First what leaves it open whose row it is, then signs that the photo is another person's, then what there is no
    /// portrait without, then what the row says, then how good the photo is, and last what concerns other tools.
    public static let gravestFirst: [Reason] = [
        .nameSeparator, .nameFields, .nameCopy, .cellDamaged, .imgIDLength, .imgIDCharacters, .imgIDTaken,
        .imgIDRepeated,
        .deviceContradicts, .imageRepeated,
        .libraryMissing, .libraryFull, .portraitMissing, .deviceUnreachable, .deviceRefused,
        .sourceMissingRow, .sourceMissingPhoto, .sourceUnreadable, .sourceChanged,
        .imageFormat, .imageTruncated, .imageBomb, .imageTooLarge, .imageTooSmall, .faceNone, .faceMany,
        .attributeMasked, .genderValue, .ageRange, .imageMissing,
        .qualityLow, .qualityFlat, .qualityBlurred, .qualityDark, .qualityBright, .qualityUneven, .qualityGrey,
        .nameExtension, .attributeLength, .attributeComma,
    ]

    private static let places = Dictionary(
        uniqueKeysWithValues: gravestFirst.enumerated().map { ($0.element, $0.offset) }
    )

    /// Where the reason stands among all; the gravest has the least.
    var place: Int { Self.places[self] ?? Self.gravestFirst.count }
}

extension Rejection {
    /// Orders what was found about one row: what refuses it before what is only noticed, each the gravest first.
    ///
    /// - Parameters:
    ///   - refusing: What refuses the row.
    ///   - noticed: What would not refuse it.
    /// - Returns: All of it, nothing twice; of equally grave ones, what was found first comes first.
    public static func gravestFirst(_ refusing: [Rejection], _ noticed: [Rejection] = []) -> [Rejection] {
        if refusing.isEmpty && noticed.count < 2 { return noticed }
        if refusing.count == 1 && noticed.isEmpty { return refusing }
        var told: [Rejection] = []
        for found in ordered(refusing) + ordered(noticed) where !told.contains(found) { told.append(found) }
        return told
    }

    private static func ordered(_ found: [Rejection]) -> [Rejection] {
        found.enumerated()
            .sorted { ($0.element.reason.place, $0.offset) < ($1.element.reason.place, $1.offset) }
            .map(\.element)
    }
}
