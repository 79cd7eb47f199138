// SPDX-License-Identifier: Apache-2.0
import FaceText

/// What file managers, browsers and people leave in the name of a photo beyond its values.
enum FileNameLeftovers {
    private static let pictureExtensions: Set<String> = [
        "jpg", "jpeg", "jpe", "jfif", "png", "bmp", "tif", "tiff", "heic", "heif", "hif", "webp", "avif", "gif",
    ]

    /// The stem without a further picture extension, as of `…_Oslo.jpg.jpg`; `nil` where it has none.
    ///
    /// Where extensions are hidden, people type one that is there already.
    static func withoutPictureExtension(_ stem: String) -> String? {
        var rest: String?
        while case let (inner, ext?) = FileNameParts.stemAndExtension(of: rest ?? stem), pictureExtensions.contains(ext)
        {
            rest = inner
        }
        return rest
    }

    /// The words by which a copy is known, as of `…_Oslo - Copy.jpg` and `…_Oslo (1).jpg`; `nil` for any other stem.
    static func copyMark(of stem: String) -> String? {
        let text = CleanText.clean(stem).lowercased()
        if let prefix = prefixes.first(where: text.hasPrefix) { return prefix.trimmingBlanks }
        if let conflict = conflicts.first(where: text.contains) { return conflict }
        let last = text.split(separator: "_", omittingEmptySubsequences: false).last ?? ""
        let (rest, counter) = withoutCounter(last)
        let bare = rest.hasSuffix(")") ? rest.dropLast() : rest
        let word = words.first { word in
            guard bare.hasSuffix(word) else { return false }
            let before = bare.dropLast(word.count).last
            return before == nil || before.map { " -–—(".contains($0) } == true || word.first?.isCased == false
        }
        return word ?? counter
    }

    /// The text without a number that tells one copy from the other: `(1)`, and behind a word ` 2` too.
    private static func withoutCounter(_ text: Substring) -> (rest: Substring, counter: String?) {
        var rest = text
        let isBracketed = rest.hasSuffix(")")
        if isBracketed { rest = rest.dropLast() }
        let digits = rest.reversed().prefix { $0.isASCII && $0.isWholeNumber }.count
        guard (1...2).contains(digits), rest.suffix(digits).first != "0" else { return (text, nil) }
        let number = rest.suffix(digits)
        rest = rest.dropLast(digits)
        if isBracketed {
            guard rest.hasSuffix("(") else { return (text, nil) }
            return (rest.dropLast().trimmingBlanks[...], "(\(number))")
        }
        return rest.hasSuffix(" ") ? (rest.trimmingBlanks[...], nil) : (text, nil)
    }

    private static let words = [
        "copy", "kopie", "copie", "copia", "cópia", "kopia", "kopi", "kopio", "kopya", "копия", "копія", "másolat",
        "αντίγραφο", "副本", "複本", "複製", "复件", "コピー", "복사본",
    ]

    private static let prefixes = [
        "copy of ", "copy (", "kopie von ", "kopie van ", "copie de ", "copia de ", "copia di ", "cópia de ",
        "kopia av ", "kopi av ", "копия ", "复件 ", "副本 ",
    ]

    private static let conflicts = ["conflicted copy", ".sync-conflict-"]
}

extension StringProtocol {
    fileprivate var trimmingBlanks: String {
        String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
    }
}
