// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Testing

@testable import FaceSources
@testable import FaceText
@testable import FaceTransfer

/// `--encoding`: what it means for tables, names and reports, and which names it knows.
@Suite struct ToldEncodingTests {
    @Test(arguments: [
        ("cp1251", "CP1251"), ("windows-1251", "CP1251"), ("Windows 1251", "CP1251"), ("1251", "CP1251"),
        ("win1251", "CP1251"), ("gbk", "GB18030"), ("GB2312", "GB18030"), ("936", "GB18030"), ("big5", "BIG5-HKSCS"),
        ("cp950", "BIG5-HKSCS"), ("shift_jis", "CP932"), ("sjis", "CP932"), ("ms932", "CP932"), ("euc-kr", "CP949"),
        ("latin1", "CP1252"), ("iso-8859-1", "CP1252"), ("ISO-8859-15", "ISO-8859-15"), ("koi8-r", "KOI8-R"),
        ("ibm850", "CP850"), ("850", "CP850"), ("macroman", "MACINTOSH"), ("x-mac-cyrillic", "MAC-CYRILLIC"),
        ("utf-8", "UTF-8"), ("utf8", "UTF-8"), ("tis-620", "TIS-620"),
    ])
    func usualNamesAreKnown(typed: String, name: String) {
        #expect(TextEncoding(named: typed)?.name == name)
    }

    @Test(arguments: ["", " ", "cp12511", "UTF-8//IGNORE", "windows", "kyrillisch", "cp"])
    func othersAreNot(typed: String) {
        #expect(TextEncoding(named: typed) == nil)
    }

    @Test func everyNameThatAJobKeepsIsReadBack() {
        for candidate in LegacyCandidate.all {
            #expect(TextEncoding(named: candidate.encoding.name) == candidate.encoding)
        }
        #expect(TextEncoding.usualNames.allSatisfy { TextEncoding(named: $0) != nil })
    }

    @Test func aTableInDoubtStopsAndIsReadAsToldThen() async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg")
        try folder.write(try encode("photo,id,name\na.jpg,E-1,Niccolò\n", "CP1252"), to: Array("staff.csv".utf8))
        let error = #expect(throws: SourceError.self) { try folder.open("staff.csv") }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("Windows-1252 (Niccolò)") == true)
        let source = try folder.open("staff.csv", encoding: .windows1252)
        #expect(try await source.all().map(\.cellName) == ["Niccolò"])
        #expect(source.said == ["staff.csv is read as Windows-1252, separated by ',': Niccolò"])
    }

    @Test func soundUTF8StaysWhatItIs() async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg")
        try folder.write("photo,id,name\na.jpg,E-1,Müller\n", to: "staff.csv")
        let source = try folder.open("staff.csv", encoding: TextEncoding("CP850"))
        #expect(try await source.all().map(\.cellName) == ["Müller"])
    }

    @Test func fileNamesOfAFolderAreToldByAllOfThem() async throws {
        let folder = try SourceFolder()
        let names = ["Čeněk", "Jiří", "Věra"].map { "\($0)_1_#_1_30_Plzeň.jpg" }
        for name in names { try folder.write(SourceFolder.jpeg, to: Array("in/".utf8) + encode(name, "CP1250")) }
        let rows = try await folder.rows(".")
        #expect(Set(rows.compactMap(\.stem)) == Set(names.map { String($0.dropLast(4)) }))
        #expect(rows.allSatisfy { $0.rejection == nil })
    }

    @Test func aFileNameInDoubtIsARowThatNamesTheReadings() async throws {
        let folder = try SourceFolder()
        try folder.write(SourceFolder.jpeg, to: try encode("Niccolò_1_#_1_30_Roma.jpg", "CP1252"))
        let row = try #require(try await folder.rows(".").first)
        #expect(row.rejection?.reason == .nameFields)
        #expect(row.rejection?.detail.contains("--encoding NAME") == true)
        let told = try await folder.open(".", encoding: .windows1252).all()
        #expect(told.map(\.stem) == ["Niccolò_1_#_1_30_Roma"] && told.map(\.rejection) == [nil])
    }
}
