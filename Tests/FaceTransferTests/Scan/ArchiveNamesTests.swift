// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import FaceSources
@testable import FaceText
@testable import FaceTransfer

/// Archives whose names nothing says to be UTF-8.
@Suite struct ArchiveNamesTests {
    private func archive(_ names: [String], in encoding: String, table: [UInt8]? = nil) throws -> SourceFolder {
        let folder = try SourceFolder()
        var zip = StoredZip()
        if let table { zip.add("people.csv", table) }
        for name in names { zip.add(unmarked: try encode(name, encoding), SourceFolder.jpeg) }
        try folder.write(zip.finish(), to: Array("staff.zip".utf8))
        return folder
    }

    private func stem(_ person: String, _ place: Int, _ town: String) -> String {
        "\(person)_\(place)_#_1_30_\(town)"
    }

    @Test(arguments: [
        ("CP850", "CP850", ["Müller", "Jörg Schäfer"], "Köln"),
        ("CP437", "CP850", ["Jörg Schäfer", "Günter"], "München"),
        ("CP850", "CP850", ["André Noël", "Zoé Lefèvre"], "Besançon"),
        ("CP1252", "Windows-1252", ["Jörg Schäfer", "Günter"], "München"),
        ("CP852", "CP852", ["Jiří Dvořák", "Věra Kříž"], "Děčín"), ("CP866", "CP866", ["Иван Кузнецов"], "Москва"),
        ("GB18030", "GB18030", ["张伟", "李秀英"], "北京"), ("BIG5", "Big5", ["陳志明", "林淑芬"], "臺北"),
        ("CP932", "Shift JIS", ["田中太郎", "佐藤花子"], "東京"), ("EUC-KR", "EUC-KR", ["김민수", "박영희"], "서울"),
        ("CP1251", "Windows-1251", ["Ольга Орлова", "Иван Лебедев"], "Казань"),
    ])
    func theNamesTogetherTellTheirEncoding(encoding: String, title: String, people: [String], town: String) async throws
    {
        let stems = people.enumerated().map { stem($0.element, $0.offset, town) }
        let source = try archive(stems.map { $0 + ".jpg" }, in: encoding).open("staff.zip")
        #expect(Set(try await source.all().map(\.stem)) == Set(stems))
        let said = try #require(source.said.first)
        #expect(said.hasPrefix("the names in staff.zip are read as \(title): "))
        #expect(said.contains(stems[0]))
    }

    @Test func unmarkedUTF8IsUTF8() async throws {
        let source = try archive(["Müller_1_#_1_30_Köln.jpg"], in: "UTF-8").open("staff.zip")
        #expect(try await source.all().map(\.stem) == ["Müller_1_#_1_30_Köln"])
        #expect(source.said.isEmpty)
    }

    @Test func inDoubtItStopsAndOffersTheOption() throws {
        let folder = try archive(["Niccolò_1_#_1_30_Roma.jpg"], in: "CP850")
        let error = #expect(throws: SourceError.self) { try folder.open("staff.zip") }
        #expect(error?.code == .unsupported)
        #expect(error?.message.contains("may be ") == true && error?.message.contains("--encoding NAME") == true)
    }

    @Test func whatTheUserSaysCounts() async throws {
        let folder = try archive(["Niccolò_1_#_1_30_Roma.jpg"], in: "CP850")
        let source = try folder.open("staff.zip", encoding: TextEncoding(named: "ibm850"))
        #expect(try await source.all().map(\.stem) == ["Niccolò_1_#_1_30_Roma"])
        #expect(source.origin.encoding?.name == "CP850")
    }

    @Test(arguments: [nil, "CP1252"])
    func theTableThatNamesThePhotosIsProof(told: String?) async throws {
        let table = Array("\u{FEFF}photo,name,img_id\r\nNiccolò.jpg,Niccolò,001\r\n".utf8)
        let folder = try archive(["Niccolò.jpg"], in: "CP850", table: table)
        let source = try folder.open("staff.zip", encoding: told.flatMap { TextEncoding(named: $0) })
        let rows = try await source.all()
        #expect(rows.map(\.cellName) == ["Niccolò"] && rows.map(\.rejection) == [nil])
        #expect(source.said.first?.contains("as CP850, because its table names the photos so: Niccolò.jpg") == true)
    }

    @Test func aTableInTheEncodingOfWindowsAndNamesInThatOfDOSFindEachOther() async throws {
        let lines = ["photo;id;name", "büro\\müller.jpg;1;Jörg Müller", "schäfer.jpg;2;Björn Schäfer"]
        let table = try encode(lines.joined(separator: "\r\n"), "CP1252")
        let folder = try archive(["büro\\müller.jpg", "schäfer.jpg"], in: "CP850", table: table)
        let rows = try await folder.open("staff.zip").all()
        #expect(rows.map(\.cellName) == ["Jörg Müller", "Björn Schäfer"])
        #expect(rows.allSatisfy { $0.rejection == nil })
    }
}
