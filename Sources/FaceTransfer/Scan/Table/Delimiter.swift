// SPDX-License-Identifier: Apache-2.0

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
    /// How many bytes Excel's line `sep=;` takes.
    let skipped: Int
    /// The line on which the rest starts, counted from 1.
    let firstLine: Int

    /// Looks at the beginning of a CSV in UTF-8; `nil` where the header does not end within it.
    ///
    /// The delimiter is the one with which the header has the most columns that are known, then the most columns.
    ///
    /// - Parameters:
    ///   - head: The text up to the end of the header at least, if it fits.
    ///   - isWhole: Whether `head` is the whole text.
    init?(of head: [UInt8], isWhole: Bool) {
        let stated = Self.statedDelimiter(head)
        skipped = stated?.length ?? 0
        firstLine = stated == nil ? 1 : 2
        let rest = head[skipped...]
        guard isWhole || Self.holdsLine(rest) else { return nil }
        if let stated {
            delimiter = stated.delimiter
            return
        }
        let scores = Delimiter.all.map { Self.score(rest, $0) }
        let best = scores.max { $0 < $1 } ?? (0, 0)
        delimiter = zip(Delimiter.all, scores).first { $0.1 == best }?.0 ?? .comma
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

    private static func statedDelimiter(_ head: [UInt8]) -> (delimiter: Delimiter, length: Int)? {
        guard head.count > 5, String(decoding: head[..<4], as: UTF8.self).lowercased() == "sep=" else { return nil }
        let lineEnds: [UInt8] = [UInt8(ascii: "\r"), UInt8(ascii: "\n")]
        guard head[4] < 0x80, !lineEnds.contains(head[4]), lineEnds.contains(head[5]) else { return nil }
        let isPair = head[5] == lineEnds[0] && head.count > 6 && head[6] == lineEnds[1]
        return (Delimiter(byte: head[4]), isPair ? 7 : 6)
    }

    /// Whether a line with something in it ends here, outside quotes.
    private static func holdsLine(_ text: ArraySlice<UInt8>) -> Bool {
        var isQuoted = false
        var isEmpty = true
        for byte in text {
            switch byte {
            case UInt8(ascii: "\n"), UInt8(ascii: "\r"):
                if !isQuoted && !isEmpty { return true }
            case UInt8(ascii: " "), UInt8(ascii: ","), UInt8(ascii: ";"), UInt8(ascii: "\t"): continue
            case UInt8(ascii: "\""): (isQuoted, isEmpty) = (!isQuoted, false)
            default: isEmpty = false
            }
        }
        return false
    }
}
