// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import FaceSources
@testable import FaceTransfer

@Suite struct CSVParserTests {
    private static func parse(_ text: String, cutAt cuts: [Int] = []) throws -> [CSVRecord] {
        var parser = CSVParser(delimiter: UInt8(ascii: ","))
        let bytes = Array(text.utf8)
        var records: [CSVRecord] = []
        var start = 0
        for cut in cuts + [bytes.count] {
            records += try parser.feed(bytes[start..<cut])
            start = cut
        }
        if let last = try parser.finish() { records.append(last) }
        return records
    }

    private static func record(_ line: Int, _ cells: String...) -> CSVRecord { CSVRecord(line: line, cells: cells) }

    static let texts: [(String, [CSVRecord])] = [
        ("", []),
        ("a,b\r\nc,d\r\n", [record(1, "a", "b"), record(2, "c", "d")]),
        ("a,b\nc,d", [record(1, "a", "b"), record(2, "c", "d")]),
        ("a,b\rc,d\r", [record(1, "a", "b"), record(2, "c", "d")]),
        ("a\n\n\r\n\nb\n\n", [record(1, "a"), record(5, "b")]),
        ("\"a,\"\"b\"\"\",\"\"\n", [record(1, "a,\"b\"", "")]),
        ("\"a\r\nb\nc\rd\",e\nf", [record(1, "a\r\nb\nc\rd", "e"), record(5, "f")]),
        ("\"\"\nx", [record(1, ""), record(2, "x")]),
        (",\n", [record(1, "", "")]),
        ("a,", [record(1, "a", "")]),
        ("a \"b\" c,\"d\"e\n", [record(1, "a \"b\" c", "de")]),
        ("\"a\"\rb", [record(1, "a"), record(2, "b")]),
        ("王,小明\n", [record(1, "王", "小明")]),
        ("a\n\u{1A}", [record(1, "a")]), ("a\u{1A}\u{0}\u{0}\n", [record(1, "a")]),
        ("a\n\u{0}\u{0}\u{1A}\r\n", [record(1, "a")]), ("a\n\u{1A}\n\nb,\u{1A}", [record(1, "a"), record(4, "b", "")]),
    ]

    @Test(arguments: texts) func aTextIsTakenApart(text: String, expected: [CSVRecord]) throws {
        #expect(try Self.parse(text) == expected)
    }

    @Test(arguments: texts) func whereAChunkEndsMakesNoDifference(text: String, expected: [CSVRecord]) throws {
        for first in 0...text.utf8.count {
            for second in first...text.utf8.count {
                #expect(try Self.parse(text, cutAt: [first, second]) == expected, "cut at \(first) and \(second)")
            }
        }
    }

    @Test(arguments: [
        ("a,b\n\"c,d\ne\n", CSVFault(kind: .unterminatedQuote, line: 2)),
        ("a\n\"b\n\nc\"\n\"", CSVFault(kind: .unterminatedQuote, line: 5)),
        ("a\nb\u{0}\n", CSVFault(kind: .zeroByte, line: 2)), ("a\n\u{0}b\n", CSVFault(kind: .zeroByte, line: 2)),
        ("\"\u{0}", CSVFault(kind: .zeroByte, line: 1)),
    ])
    func aFaultNamesItsLine(text: String, fault: CSVFault) {
        #expect(throws: fault) { try Self.parse(text) }
    }

    @Test func aCellOverOneMebibyteIsAFault() throws {
        let longest = String(repeating: "x", count: CSVParser.maximumCell)
        #expect(try Self.parse("a\n" + longest).last?.cells == [longest])
        #expect(throws: CSVFault(kind: .tooLong, line: 2)) { try Self.parse("a\n" + longest + "x") }
        #expect(throws: CSVFault(kind: .unterminatedQuote, line: 2)) { try Self.parse("a\n\"" + longest + "x") }
        #expect(throws: CSVFault(kind: .tooLong, line: 1)) {
            try Self.parse(String(repeating: ",", count: CSVParser.maximumCells))
        }
    }

    @Test(arguments: 0..<40) func whatIsWrittenIsReadBack(seed: UInt64) throws {
        var random = SeededRandom(state: seed)
        let pieces = ["a", "王", "é", ",", "\"", "\n", "\r\n", "\r", " ", ";", "\"\"", "😀", "x_y", "#"]
        let records = (0..<Int.random(in: 1...12, using: &random)).map { _ in
            (0..<Int.random(in: 1...4, using: &random)).map { _ in
                (0..<Int.random(in: 0...4, using: &random)).compactMap { _ in pieces.randomElement(using: &random) }
                    .joined()
            }
        }
        let end = ["\n", "\r\n", "\r"].randomElement(using: &random) ?? "\n"
        let text = records.map { Self.written($0, using: &random) }.joined(separator: end)
        let cuts = (0..<6).map { _ in Int.random(in: 0...text.utf8.count, using: &random) }.sorted()
        #expect(try Self.parse(text, cutAt: cuts).map(\.cells) == records)
        for cut in 0...text.utf8.count {
            #expect(try Self.parse(text, cutAt: [cut]).map(\.cells) == records, "cut at \(cut)")
        }
    }

    /// A record as a writer would put it, quoting what must be and now and then what need not.
    private static func written(_ cells: [String], using random: inout SeededRandom) -> String {
        cells.map { cell in
            let mustBe =
                cell.utf8.contains { [0x22, 0x2C, 0x0A, 0x0D].contains($0) } || (cell.isEmpty && cells.count == 1)
            guard mustBe || Bool.random(using: &random) else { return cell }
            return "\"" + cell.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined() + "\""
        }.joined(separator: ",")
    }
}

/// SplitMix64: the same numbers for the same seed.
struct SeededRandom: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
