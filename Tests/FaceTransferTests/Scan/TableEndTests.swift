// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceTransfer
import Testing

@testable import FaceSources

@Suite struct TableEndTests {
    @Test(arguments: [
        "\u{1A}", "\u{1A}\r\n", "\u{1A}\r\n\r\n", "\u{1A}\0\0\0\0", "\u{1A}\r\n\0\0 \r\n", "\0\0\0", "\0\r\n",
        "\u{0C}", "\u{0C}\r\n", "\u{FEFF}\r\n", "\u{FEFF}", "\u{200B},\u{A0},\r\n", "\"\u{1A}\"\r\n", ",,,,,\r\n\u{1A}",
    ])
    func whatProgramsPutBehindTheLastRowIsNoRow(end: String) async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg")
        try folder.write("photo,img_id,name\r\na.jpg,00042,Ann\r\n" + end, to: "staff.csv")
        let rows = try await folder.rows("staff.csv")
        #expect(rows.map(\.imgID) == ["00042"] && rows.map(\.rejection) == [nil])
    }

    @Test func theEndMarkMayStandBehindTheLastValue() async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg")
        try folder.write("photo,img_id,name\r\na.jpg,00042,Ann\u{1A}", to: "staff.csv")
        #expect(try await folder.rows("staff.csv").map(\.cellName) == ["Ann"])
    }

    @Test func zeroBytesBehindTheLastRowAreToldForRowsMayBeMissing() async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg")
        try folder.write("photo,img_id,name\r\na.jpg,00042,Ann\r\n\0\0\0", to: "staff.csv")
        let source = try folder.open("staff.csv")
        #expect(try await source.all().count == 1)
        #expect(
            source.said.last == "3 zero bytes at the end of staff.csv were passed over: see that no row is missing"
        )
        #expect(source.gap == "rows may be missing where 3 zero bytes at the end of staff.csv are")
        try folder.write("photo,img_id,name\r\na.jpg,00042,Ann\r\n\u{1A}\0\0\0", to: "staff.csv")
        #expect(try await source.all().count == 1)
        #expect(source.gap == nil && source.said.count == 1)
    }

    @Test(arguments: [
        ("a.jpg,1,Ann\0\r\n", 2), ("a.jpg,1,Ann\r\n\0b.jpg,2,Ben\r\n", 3), ("a.jpg,1,Ann\r\n\u{1A}\0\0,x\r\n", 3),
        ("a.jpg,\0,Ann\r\n", 2),
    ])
    func zeroBytesWithinTheTableStopTheReading(rows: String, line: Int) async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg")
        try folder.write("photo,img_id,name\r\n" + rows, to: "staff.csv")
        let error = await #expect(throws: SourceError.self) { try await folder.rows("staff.csv") }
        #expect(error?.message.hasPrefix("line \(line) of staff.csv holds a zero byte") == true)
    }

    @Test(arguments: [
        "sep=;", "\"sep=;\"", "SEP = ;", "sep=;;;;", "sep=;,,,", "\u{FEFF}sep=;", "sep=", "sep=,", "sep=\\t",
    ])
    func theLineThatStatesTheSeparatorIsNeverTheHeader(line: String) async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg")
        try folder.write(line + "\r\nphoto;img_id;name\r\na.jpg;17;\"Berg, Ann\"\r\n", to: "staff.csv")
        let rows = try await folder.rows("staff.csv")
        #expect(rows.map(\.cellName) == ["Berg, Ann"] && rows.map(\.line) == [3])
    }

    @Test func rowsOfEmptyCellsCountNothing() async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg")
        let empty = String(repeating: ";;;;;\r\n", count: 40_000)
        try folder.write("photo;img_id;name;identity;gender;age\r\na.jpg;00042;Ann;;f;31\r\n" + empty, to: "staff.csv")
        let source = try folder.open("staff.csv")
        #expect(try source.countRows() == 1)
        #expect(try await source.all().map(\.imgID) == ["00042"])
    }
}
