// SPDX-License-Identifier: Apache-2.0
import FaceText

/// What a row shows of a value that holds the separator and lacks its quotes, although it has as many cells as the header.
struct ShiftSigns {
    /// The name is one word, and the code beside it a word or two that could be the rest of it.
    var nameBesideName = false
    /// The value on the right of this column is the row's only one that begins with the blank that people type behind
    /// a comma, and reads on from it.
    var blankBehind: Column?

    /// Looks at one row.
    init(of record: CSVRecord, in header: TableHeader) {
        if header.isSpaced { return }
        let blanks = record.cells.indices.dropFirst().filter { Self.isPadded(record.cells[$0]) }
        for column in [Column.name, .address] {
            guard let place = header.place(of: column).map({ $0 + 1 }), place < record.cells.count else { continue }
            let value = CleanText.clean(record.cells[place - 1])
            let next = CleanText.clean(record.cells[place])
            let kind = header.column(at: place)
            let code = kind == .imgID || kind == .identity
            // Photos, genders and ages are refused by rules of their own; a whole name may well stand beside a place.
            let words = code ? 1...3 : 1...1
            let reads =
                column == .name
                ? (code || kind == nil || kind == .address)
                    && Self.isName(value, words: words) && Self.isName(next, words: 1...3)
                : code && !value.isEmpty && next.contains(where: \.isLetter)
            if blanks == [place], reads { blankBehind = column }
            guard column == .name, code, Self.isName(value, words: 1...1), Self.isName(next, words: 1...3) else {
                continue
            }
            let isShouted = Self.isShouted(value[...])
            nameBesideName =
                blanks == [place]
                || next.split(separator: " ").allSatisfy {
                    $0.first?.isUppercase == true && (isShouted || !Self.isShouted($0))
                }
        }
    }

    /// Whether a value begins with a blank and holds something.
    static func isPadded(_ cell: String) -> Bool { cell.first == " " && !CleanText.clean(cell).isEmpty }

    /// Words of letters, with the marks that names hold.
    static func isName(_ text: String, words allowed: ClosedRange<Int>) -> Bool {
        let words = text.split(separator: " ", omittingEmptySubsequences: false)
        return allowed.contains(words.count)
            && words.allSatisfy { word in
                word.contains(where: \.isLetter) && word.allSatisfy { $0.isLetter || "-'’.".contains($0) }
            }
    }

    /// More than one letter, all of them capitals.
    private static func isShouted(_ word: Substring) -> Bool {
        let letters = word.filter(\.isLetter)
        return letters.count > 1 && letters.allSatisfy(\.isUppercase)
    }
}
