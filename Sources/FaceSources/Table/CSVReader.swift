// SPDX-License-Identifier: Apache-2.0
import FaceFiles
package import FaceText
import SystemPackage

/// Reads the records of a CSV file one after another, whatever its encoding and delimiter.
///
/// The file is read twice: once to tell its encoding, which may show only in its last line, once for its records.
package final class CSVReader {
    /// The CSV as people know it.
    let title: String
    package let encoding: TextEncoding
    private let words: [String]
    private(set) var delimiter = Delimiter.comma
    package private(set) var header = CSVRecord(line: 1, cells: [])
    /// How many zero bytes behind the last line were passed over so far, where rows may have been.
    var filling: Int { parser.filling }
    private let file: any ByteInput
    private let converter: TextConverter?
    private var parser = CSVParser(delimiter: Delimiter.comma.byte)
    private var waiting: ArraySlice<CSVRecord> = []
    private var isAtEnd = false

    /// Opens a CSV and reads its header.
    convenience init(path: FilePath, title: String, told: TextEncoding? = nil) throws(SourceError) {
        let file: ByteFile
        do {
            file = try ByteFile(path: path)
        } catch .isDirectory, .invalidArgument {
            throw SourceError(.unsupported, "\(title) is not a file that can be read as a CSV")
        } catch {
            throw SourceError(error, opening: title)
        }
        try self.init(file, title: title, told: told)
    }

    /// Reads the header of a CSV that is in memory.
    package convenience init(bytes: [UInt8], title: String, told: TextEncoding? = nil) throws(SourceError) {
        try self.init(BytesAtHand(bytes), title: title, told: told)
    }

    private init(_ file: any ByteInput, title: String, told: TextEncoding?) throws(SourceError) {
        self.title = title
        self.file = file
        let detected = try Self.detect(file, title: title, told: told)
        words = detected.words
        encoding = detected.encoding
        do {
            try file.rewind(to: detected.markLength)
            converter = encoding == .utf8 ? nil : try TextConverter(from: encoding)
        } catch {
            throw SourceError(.unreadable, "\(title) cannot be read as \(detected.encoding.title): \(error)")
        }
        try start()
    }

    /// How it is read, for people to check: the encoding with a few words where it was told by how they read.
    var remark: String {
        let sample = words.isEmpty ? "" : ": " + words.map(CleanText.clean).joined(separator: ", ")
        return "\(title) is read as \(encoding.title), separated by \(delimiter.title)\(sample)"
    }

    /// The next record, `nil` after the last.
    package func next() throws(SourceError) -> CSVRecord? {
        while true {
            if let record = waiting.popFirst() { return record }
            if isAtEnd { return nil }
            let bytes = try read()
            waiting = try parse { (parser: inout CSVParser) throws(CSVFault) in
                guard bytes.isEmpty else { return try parser.feed(bytes)[...] }
                return try parser.finish().map { [$0] } ?? []
            }
        }
    }

    private static func detect(
        _ file: any ByteInput,
        title: String,
        told: TextEncoding?
    ) throws(SourceError) -> DetectedEncoding {
        var detector = EncodingDetector(of: .table, told: told)
        do {
            while case let bytes = try file.next(ByteFile.chunk), !bytes.isEmpty { detector.feed(bytes) }
        } catch {
            throw SourceError(error, opening: title)
        }
        switch detector.verdict() {
        case .success(let detected): return detected
        case .failure(let fault): throw SourceError(fault, in: title)
        }
    }

    /// Reads up to the header, which tells the delimiter.
    private func start() throws(SourceError) {
        var head: [UInt8] = []
        var found: TableStart?
        while found == nil {
            let bytes = try read()
            head += bytes
            found = TableStart(of: head, isWhole: bytes.isEmpty || head.count > CSVParser.maximumRecord)
        }
        guard let found else { return }
        delimiter = found.delimiter
        parser = CSVParser(delimiter: delimiter.byte, firstLine: found.firstLine)
        waiting = try parse { (parser: inout CSVParser) throws(CSVFault) in
            try parser.feed(head[found.skipped...])[...]
        }
        if isAtEnd {
            // The last record may still be waiting for a line end.
            let last = try parse { (parser: inout CSVParser) throws(CSVFault) in try parser.finish() }
            if let last { waiting.append(last) }
        }
        waiting = waiting.drop(while: \.isBlank)
        guard let header = waiting.popFirst() else {
            throw SourceError(.malformed, "\(title) is empty: it needs a header and a row for each person")
        }
        self.header = header
    }

    /// The next bytes in UTF-8; empty only at the end.
    private func read() throws(SourceError) -> [UInt8] {
        do {
            while true {
                let bytes = try file.next(ByteFile.chunk)
                isAtEnd = bytes.isEmpty
                guard let converter else { return bytes }
                if bytes.isEmpty {
                    let rest = try converter.finish()
                    isAtEnd = rest.isEmpty
                    return rest
                }
                let converted = try converter.convert(bytes)
                if !converted.isEmpty { return converted }
            }
        } catch .illegalByteSequence {
            throw SourceError(
                .malformed,
                "\(title) is not sound \(encoding.title): open it in a spreadsheet and save it again as CSV in UTF-8"
            )
        } catch {
            throw SourceError(error, opening: title)
        }
    }

    private func parse<Value>(_ step: (inout CSVParser) throws(CSVFault) -> Value) throws(SourceError) -> Value {
        do {
            return try step(&parser)
        } catch {
            throw SourceError(error, in: title)
        }
    }
}

extension SourceError {
    /// A text whose encoding cannot be told.
    init(_ fault: EncodingDetector.Fault, in title: String) {
        switch fault {
        case .damagedUTF8(let line):
            self.init(
                .malformed,
                "\(title) is UTF-8 but damaged on line \(line): correct that line or save the file again as UTF-8"
            )
        case .doubtful(let possibilities):
            self.init(
                .unsupported,
                "\(title) is not UTF-8 and may be \(possibilities.sentence): give --encoding NAME, or save it as UTF-8"
            )
        case .switching:
            self.init(
                .unsupported,
                "\(title) switches between character sets: give --encoding iso-2022-jp (or -kr, -cn), or save it as UTF-8"
            )
        case .unknown:
            self.init(
                .unsupported,
                "\(title) reads like text in no encoding that is known here: give --encoding NAME, or save it as UTF-8"
            )
        }
    }

    fileprivate init(_ fault: CSVFault, in title: String) {
        let place = "line \(fault.line) of \(title)"
        switch fault.kind {
        case .unterminatedQuote:
            self.init(.malformed, "\(place) opens a quote that is never closed: close it or double it")
        case .zeroByte:
            self.init(.malformed, "\(place) holds a zero byte: save the file again as CSV in UTF-8")
        case .notText:
            self.init(.changed, "\(place) is not the text it was a moment ago: run again when nobody is writing to it")
        case .tooLong:
            self.init(.malformed, "\(place) is longer than any row of people: check the quotes around it")
        }
    }
}
