// SPDX-License-Identifier: Apache-2.0

/// One record of a CSV.
package struct CSVRecord: Equatable {
    /// The physical line on which it starts, counted from 1.
    var line: Int
    /// Its cells as they stand there, without their quotes.
    package var cells: [String]

    /// Whether no cell holds any text, as in the rows that spreadsheets leave at the end of a table; marks and
    /// characters that nobody sees are no text.
    var isBlank: Bool {
        cells.allSatisfy { cell in
            cell.unicodeScalars.allSatisfy { scalar in
                if scalar.properties.isWhitespace { return true }
                let category = scalar.properties.generalCategory
                return category == .control || category == .format
            }
        }
    }
}

/// What makes the rest of a CSV unreadable.
struct CSVFault: Error, Equatable {
    enum Kind { case unterminatedQuote, zeroByte, notText, tooLong }
    let kind: Kind
    /// The line of the fault; of an unterminated quote, where it opened.
    let line: Int
}

/// Takes a CSV apart (RFC 4180) as its bytes come in, in UTF-8 and in chunks of any size.
///
/// Lines end with CRLF, LF or CR; within quotes they are part of the cell. A quote within an unquoted cell, and text
/// after a closing quote, are taken as they stand. Empty lines are no records. The end mark of old programs (Ctrl-Z) is
/// passed over, and so are the zero bytes with which some fill a file behind its last line.
struct CSVParser {
    /// The longest cell, in bytes.
    static let maximumCell = 1 << 20
    /// The longest record, in bytes.
    static let maximumRecord = 4 << 20
    /// The most cells of a record.
    static let maximumCells = 16_384

    private enum State { case start, plain, quoted, quoteSeen }

    private let delimiter: UInt8
    private var state = State.start
    private var afterReturn = false
    private var line: Int
    private var recordLine: Int
    private var quoteLine = 0
    private var recordLength = 0
    private var wasQuoted = false
    private var hasEndMark = false
    private var fillingLine: Int?
    /// How many zero bytes were passed over that stand behind a line without an end mark, where rows may have been.
    private(set) var filling = 0
    private var cell: [UInt8] = []
    private var cells: [String] = []
    private var complete: [CSVRecord] = []

    /// Starts at the beginning of a line.
    init(delimiter: UInt8, firstLine: Int = 1) {
        self.delimiter = delimiter
        line = firstLine
        recordLine = firstLine
    }

    /// The records that these bytes complete.
    mutating func feed(_ bytes: some Sequence<UInt8>) throws(CSVFault) -> [CSVRecord] {
        for byte in bytes { try take(byte) }
        defer { complete = [] }
        return complete
    }

    /// The last record, where the text does not end with a line end.
    mutating func finish() throws(CSVFault) -> CSVRecord? {
        if state == .quoted { throw CSVFault(kind: .unterminatedQuote, line: quoteLine) }
        if state != .start || !cells.isEmpty { try endRecord() }
        defer { complete = [] }
        return complete.first
    }

    private mutating func take(_ byte: UInt8) throws(CSVFault) {
        let isSecondHalf = afterReturn && byte == Self.lineFeed
        afterReturn = byte == Self.carriageReturn
        if isSecondHalf {
            if state == .quoted { try append(byte) }
            return
        }
        if byte == 0 { return try takeZero() }
        if let fillingLine, !Self.mayFollowFilling.contains(byte) { throw CSVFault(kind: .zeroByte, line: fillingLine) }
        switch byte {
        case Self.endMark where state != .quoted: hasEndMark = true
        case Self.quote: try takeQuote()
        case Self.lineFeed, Self.carriageReturn:
            if state == .quoted { try append(byte) } else { try endRecord() }
            line += 1
            if state == .start && cells.isEmpty { recordLine = line }
        case delimiter where state != .quoted: try endCell()
        default:
            if state != .quoted { state = .plain }
            try append(byte)
        }
    }

    /// A zero byte fills the file where a line is whole or the end mark has come; anywhere else it is damage.
    private mutating func takeZero() throws(CSVFault) {
        let isBehindLine = state == .start && cells.isEmpty
        guard fillingLine != nil || hasEndMark && state != .quoted || isBehindLine else {
            throw CSVFault(kind: .zeroByte, line: line)
        }
        fillingLine = fillingLine ?? line
        if !hasEndMark { filling += 1 }
    }

    private mutating func takeQuote() throws(CSVFault) {
        switch state {
        case .start:
            (state, wasQuoted, quoteLine) = (.quoted, true, line)
        case .plain: try append(Self.quote)
        case .quoted: state = .quoteSeen
        case .quoteSeen:
            state = .quoted
            try append(Self.quote)
        }
    }

    private mutating func append(_ byte: UInt8) throws(CSVFault) {
        cell.append(byte)
        recordLength += 1
        if cell.count > Self.maximumCell || recordLength > Self.maximumRecord {
            // An open quote that swallows the rest of the file is what is meant, wherever the limit is.
            if state == .quoted { throw CSVFault(kind: .unterminatedQuote, line: quoteLine) }
            throw CSVFault(kind: .tooLong, line: recordLine)
        }
    }

    private mutating func endCell() throws(CSVFault) {
        if cell.isEmpty {
            cells.append("")
        } else {
            guard let text = String(validating: cell, as: UTF8.self) else { throw CSVFault(kind: .notText, line: line) }
            cells.append(text)
        }
        if cells.count > Self.maximumCells { throw CSVFault(kind: .tooLong, line: recordLine) }
        cell.removeAll(keepingCapacity: true)
        state = .start
    }

    private mutating func endRecord() throws(CSVFault) {
        let isEmptyLine = cells.isEmpty && cell.isEmpty && !wasQuoted
        try endCell()
        if !isEmptyLine { complete.append(CSVRecord(line: recordLine, cells: cells)) }
        cells = []
        recordLength = 0
        wasQuoted = false
    }

    private static let quote = UInt8(ascii: "\"")
    private static let lineFeed = UInt8(ascii: "\n")
    private static let carriageReturn = UInt8(ascii: "\r")
    private static let endMark: UInt8 = 0x1A
    private static let mayFollowFilling: [UInt8] = [endMark, lineFeed, carriageReturn, 0x09, 0x0C, 0x20]
}
