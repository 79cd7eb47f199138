// SPDX-License-Identifier: Apache-2.0
import FaceText

/// What separates the cells of a CSV.
struct Delimiter: Equatable {
    let byte: UInt8

    static let comma = Delimiter(byte: UInt8(ascii: ","))
    static let semicolon = Delimiter(byte: UInt8(ascii: ";"))
    static let tab = Delimiter(byte: UInt8(ascii: "\t"))
    static let all = [comma, semicolon, tab]

    /// The delimiter for a sentence.
    var title: String { self == .tab ? "tabs" : "'\(Character(Unicode.Scalar(byte)))'" }
}

/// How a CSV begins: its delimiter and where its header starts.
struct TableStart {
    let delimiter: Delimiter
    /// How many bytes the line `sep=;` takes.
    let skipped: Int
    /// The line on which the rest starts, counted from 1.
    let firstLine: Int

    /// Looks at the beginning of a CSV in UTF-8; `nil` where the header does not end within it.
    ///
    /// The delimiter is the one with which the header has the most columns that are known, then the one that a line
    /// `sep=` states, then the one that makes the most columns.
    ///
    /// - Parameters:
    ///   - head: The text up to the end of the header at least, if it fits.
    ///   - isWhole: Whether `head` is the whole text.
    init?(of head: [UInt8], isWhole: Bool) {
        let stated = DelimiterLine(head)
        skipped = stated?.length ?? 0
        firstLine = stated == nil ? 1 : 2
        let rest = head[skipped...]
        guard isWhole || Self.holdsLine(rest) else { return nil }
        let candidates = (stated?.delimiter.map { [$0] } ?? []) + Delimiter.all
        var best = (delimiter: candidates[0], known: -1, cells: 0)
        for candidate in candidates {
            let score = Self.score(rest, candidate)
            let isMore = score.known == best.known && score.cells > best.cells && stated?.delimiter == nil
            if score.known > best.known || isMore { best = (candidate, score.known, score.cells) }
        }
        delimiter = best.delimiter
    }

    private static func score(_ text: ArraySlice<UInt8>, _ delimiter: Delimiter) -> (known: Int, cells: Int) {
        var parser = CSVParser(delimiter: delimiter.byte)
        // A fault here is a fault for the reader, which names it; here it only scores nothing.
        guard let records = try? parser.feed(text),
            let record = try? records.first(where: { !$0.isBlank }) ?? parser.finish()
        else {
            return (-1, 0)
        }
        return (record.cells.count { Column(named: $0) != nil }, record.cells.count)
    }

    /// Whether a line with something in it ends here, outside quotes.
    private static func holdsLine(_ text: ArraySlice<UInt8>) -> Bool {
        var isQuoted = false
        var isEmpty = true
        for byte in text {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                if !isQuoted && !isEmpty { return true }
            case UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"), 0xEF, 0xBB, 0xBF, 0x0C:
                continue
            case UInt8(ascii: "\""): (isQuoted, isEmpty) = (!isQuoted, false)
            default: isEmpty = false
            }
        }
        return false
    }
}

/// The line `sep=;` by which a table tells Excel its delimiter, in the spellings that other programs give it.
private struct DelimiterLine {
    /// What it states, `nil` where it states nothing.
    let delimiter: Delimiter?
    /// How many bytes it takes with its end.
    let length: Int

    /// Reads the first line of a text, `nil` where it is another one.
    init?(_ head: [UInt8]) {
        let lineEnds: [UInt8] = [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        guard let end = head.firstIndex(where: lineEnds.contains), end < 64 else { return nil }
        let isPair = head[end] == lineEnds[0] && end + 1 < head.count && head[end + 1] == lineEnds[1]
        length = end + (isPair ? 2 : 1)
        let line = head[..<end].filter { $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: " ") }
        let text = String(decoding: line, as: UTF8.self).filter { $0 != "\u{FEFF}" }.lowercased()
        guard text.hasPrefix("sep=") else { return nil }
        let stated = text.dropFirst(4)
        if stated.hasPrefix("\\t") || stated.hasPrefix("tab") {
            delimiter = .tab
            return
        }
        // A spreadsheet that saved the line as a row has filled it up with its own delimiters.
        guard let first = stated.utf8.first else {
            delimiter = nil
            return
        }
        guard first < 0x80, stated.utf8.dropFirst().allSatisfy({ $0 == first || ",;\t".utf8.contains($0) }) else {
            return nil
        }
        delimiter = Delimiter(byte: first)
    }
}
