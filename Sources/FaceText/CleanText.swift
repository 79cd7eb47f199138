// SPDX-License-Identifier: Apache-2.0
import Foundation

/// The form in which values travel to a device (interface P5): composed, trimmed, without control characters.
package enum CleanText {
    /// Cleans one value as a cell or a part of a file name gave it.
    ///
    /// Line breaks and tabs become one space: a name that a spreadsheet breaks over two lines stays two words.
    package static func clean(_ text: String) -> String {
        let composed = composed(text)
        guard !isClean(composed) else { return composed }
        var kept = String.UnicodeScalarView()
        var afterBreak = false
        for scalar in composed.unicodeScalars {
            if isBreak(scalar) {
                if !afterBreak { kept.append(" ") }
                afterBreak = true
                continue
            }
            guard scalar.properties.generalCategory != .control, scalar != byteOrderMark else { continue }
            afterBreak = false
            kept.append(scalar)
        }
        let start = kept.firstIndex { !$0.properties.isWhitespace } ?? kept.endIndex
        let end = kept.lastIndex { !$0.properties.isWhitespace }.map { kept.index(after: $0) } ?? start
        return String(kept[start..<end])
    }

    /// Whether cleaning changes no byte of a value.
    package static func leavesAlone(_ text: String) -> Bool { clean(text).utf8.elementsEqual(text.utf8) }

    /// The text in Unicode's composed form (NFC), in which `é` is the same however a file system spells it.
    package static func composed(_ text: String) -> String {
        text.unicodeScalars.allSatisfy(isComposedAlone) ? text : text.precomposedStringWithCanonicalMapping
    }

    /// The text as it is looked up: full-width letters, ligatures and the like are their plain ones (NFKC).
    static func folded(_ text: String) -> String { text.precomposedStringWithCompatibilityMapping }

    /// A code without the invisible marks that come along when it is copied from a page or an address book.
    ///
    /// It is `nil` where there are none. In names such marks can belong to the script.
    package static func visible(_ code: String) -> String? {
        let isMark: (Unicode.Scalar) -> Bool = { $0.value > 0x7F && $0.properties.generalCategory == .format }
        guard code.unicodeScalars.contains(where: isMark) else { return nil }
        return String(String.UnicodeScalarView(code.unicodeScalars.filter { !isMark($0) }))
    }

    private static let byteOrderMark: Unicode.Scalar = "\u{FEFF}"

    /// Scalars that NFC leaves alone whatever stands beside them: below U+0300, and the common Han.
    private static func isComposedAlone(_ scalar: Unicode.Scalar) -> Bool {
        scalar.value < 0x300 || (0x4E00...0x9FFF).contains(scalar.value)
    }

    /// Whether nothing is to be done: the usual case, told without building a copy.
    private static func isClean(_ text: String) -> Bool {
        guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else { return true }
        return !first.properties.isWhitespace && !last.properties.isWhitespace
            && text.unicodeScalars.allSatisfy { scalar in
                (0x20...0x7E).contains(scalar.value)
                    || scalar.value > 0x9F && !isBreak(scalar) && scalar != byteOrderMark
            }
    }

    private static func isBreak(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }
}
