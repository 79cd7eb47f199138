// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceTransfer
import Foundation
import SystemPackage
import Testing

@testable import FaceSources

@Suite(.timeLimit(.minutes(20))) struct CSVSourceTests {
    @Test(arguments: ["in", "in/people.csv", "out/rejected.csv"]) func aPhotoIsFoundAgainByWhatItsRowCallsIt(
        _ typed: String
    ) async throws {
        let folder = try SourceFolder()
        let spelled = "in/sub/José.jpg".decomposedStringWithCanonicalMapping
        try folder.write(SourceFolder.jpeg, to: Array(spelled.utf8))
        try folder.write("photo,name,img_id\nsub\\José.jpg,José,7\n", to: "in/people.csv")
        try folder.summary(source: "in/people.csv")
        let columns = "source,line,img_id,name,outcome,reason,detail,hint,device_code"
        try folder.write("\(columns)\nin/sub/José.jpg,2,7,José,failed,,,,\n", to: "out/rejected.csv")
        let source = try folder.open(typed)
        let row = try #require(try await source.all().first)
        #expect(row.photo(below: folder) == spelled)
        #expect(source.photo(reportedAs: row.source) == row.photo)
    }

    @Test func cellsBecomeARow() async throws {
        let folder = try SourceFolder()
        try folder.photos("new/p/a.jpg")
        try folder.write(
            "photo,img_id,name,identity,gender,age,address\np/a.jpg,E-17,\"Ann\nBe\",x_1,f,31,\"Oslo, N\"\n",
            to: "new/staff.csv"
        )
        let source = try folder.open("new/staff.csv")
        let row = try #require(try await source.all().first)
        #expect(row.key == "line 2" && row.line == 2 && row.source == "new/p/a.jpg" && row.imgID == "E-17")
        #expect(row.photo(below: folder) == "new/p/a.jpg" && row.rejection == nil)
        let cells = RowCells(name: "Ann\nBe", identity: "x_1", gender: "f", age: "31", address: "Oslo, N")
        #expect(row.values == .cells(cells))
        #expect(source.said == ["new/staff.csv is read as UTF-8, separated by ','"])
        #expect(try source.countRows() == 1)
    }

    @Test(arguments: [
        "photo,img_id,name", "File,ID,Full Name", "FILENAME , Employee-ID,full_name", "\"image\",employee no,FULL-NAME",
        "照片,工号,姓名", "picture,Employee_No,name", "Path,Img Id,name", "Foto,img-id,name", "\u{FEFF}photo,id,name",
        "photo;id;name", "photo\tid\tname", "sep=;\nphoto;id;name", "SEP=\t\r\nphoto\tid\tname", "sep=|\nphoto|id|name",
        "\n\r\nphoto,id,name", ";;;;\nphoto;id;name", "name,id,photo", "\"na\"\"me, x\";photo;id;name",
    ])
    func headersAreUnderstood(header: String) async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg")
        let delimiter = ["|", ";", "\t"].first { header.split(separator: "\n").last?.contains($0) == true } ?? ","
        let order = header.contains("name,id,photo") ? ["Ann", "E-1", "a.jpg"] : ["a.jpg", "E-1", "Ann"]
        let row = (header.contains("na\"\"me") ? ["x"] : []) + order
        try folder.write(header + "\n" + row.joined(separator: delimiter), to: "staff.csv")
        let rows = try await folder.rows("staff.csv")
        #expect(rows.map(\.imgID) == ["E-1"] && rows.map(\.cellName) == ["Ann"])
        #expect(rows.map { $0.photo(below: folder) } == ["a.jpg"])
        let lines = header.unicodeScalars.count { $0 == "\n" }
        #expect(rows.first?.line == lines + 2)
    }

    @Test func otherColumnsAreIgnoredWithOneNotice() async throws {
        let folder = try SourceFolder()
        try folder.write("photo;id;name;Abteilung;Sex;;Telefon\n", to: "staff.csv")
        let source = try folder.open("staff.csv")
        #expect(try await source.all().isEmpty)
        #expect(
            source.said == ["staff.csv is read as UTF-8, separated by ';'", "columns ignored: Abteilung, Telefon"]
        )
    }

    @Test(arguments: [
        ("UTF-8", "", ""), ("UTF-8", "\u{FEFF}", ""), ("UTF-16LE", "\u{FEFF}", ""), ("UTF-16BE", "\u{FEFF}", ""),
        ("UTF-16LE", "", ""), ("UTF-16BE", "", ""), ("UTF-32LE", "", ""), ("GB18030", "", ": 王, 王小明, 男"),
    ])
    func everyEncodingGivesTheSameRows(encoding: String, mark: String, sample: String) async throws {
        let folder = try SourceFolder()
        try folder.photos("王.jpg", "b.jpg")
        let text = mark + "照片,姓名,性别,工号\r\n王.jpg,王小明,男\r\nb.jpg,李雷,女\r\n"
        try folder.write(try encode(text, encoding), to: Array("staff.csv".utf8))
        let source = try folder.open("staff.csv")
        let rows = try await source.all()
        #expect(rows.map(\.cellName) == ["王小明", "李雷"])
        #expect(rows.allSatisfy { $0.rejection == nil })
        #expect(source.said == ["staff.csv is read as \(encoding), separated by ','\(sample)"])
    }

    @Test func windows1252IsReadEvenWhereTheFirstUmlautComesLate() async throws {
        let folder = try SourceFolder()
        let text = "foto;name;id\r\n" + String(repeating: "x.jpg;Ann\r\n", count: 8_000) + "x.jpg;Jörg Größe\r\n"
        try folder.write(try encode(text, "CP1252"), to: Array("staff.csv".utf8))
        let source = try folder.open("staff.csv")
        #expect(try await source.all().last?.cellName == "Jörg Größe")
        #expect(source.said == ["staff.csv is read as Windows-1252, separated by ';': Jörg"])
    }

    @Test func aPhotoIsFoundHoweverItsNameIsSpelled() async throws {
        let folder = try SourceFolder()
        let (composed, decomposed) = ("Ren\u{E9}", "Rene\u{301}")
        try folder.photos("in/\(decomposed)/\(decomposed).jpg", "in/p/b.jpg", "c.jpg", "in/w\\x.jpg")
        try folder.write(try encode("王", "GB18030"), to: Array("in/".utf8) + encode("王小明.jpg", "GB18030"))
        let cells = [
            "\(composed)/\(composed).jpg", " p\\b.jpg ", "../c.jpg", "w\\x.jpg", folder.path + "/c.jpg", "王小明.jpg",
        ]
        try folder.write("photo,id,name\n" + cells.joined(separator: "\n"), to: "in/staff.csv")
        let rows = try await folder.rows("in/staff.csv")
        #expect(rows.map(\.rejection) == Array(repeating: nil, count: 6))
        #expect(
            rows.map(\.source) == [
                "in/\(composed)/\(composed).jpg", "in/p/b.jpg", "in/../c.jpg", "in/w\\x.jpg", folder.path + "/c.jpg",
                "in/王小明.jpg",
            ]
        )
        #expect(rows.allSatisfy { $0.file?.withPlatformString { access($0, R_OK) } == 0 })
    }

    @Test(arguments: [
        ("", "staff.csv", Reason.sourceMissingPhoto), ("none.jpg", "none.jpg", .sourceMissingPhoto),
        ("A.JPG", "A.JPG", .sourceMissingPhoto), ("p", "p", .sourceMissingPhoto),
        ("a.jpg/x", "a.jpg/x", .sourceMissingPhoto), ("no\\such.jpg", "no\\such.jpg", .sourceMissingPhoto),
        ("loop.jpg", "loop.jpg", .sourceUnreadable),
    ])
    func aRowWithoutItsPhotoIsRejected(cell: String, source: String, reason: Reason) async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg", "p/b.jpg")
        try folder.link("loop.jpg", to: "loop.jpg")
        try folder.write("id,name,photo\nE-1,Ann,\(cell)\nE-2,Bob,a.jpg\nE-3,Eve,p/b.jpg", to: "staff.csv")
        let rows = try await folder.rows("staff.csv")
        #expect(rows.count == 3)
        #expect(rows[0].rejection?.reason == reason && rows[0].source == source && rows[0].photo == nil)
        #expect(rows[0].imgID == "E-1" && rows[0].cellName == "Ann" && rows[0].line == 2)
        #expect(rows[1].rejection == nil)
    }

    @Test func shortAndEmptyRowsAreNoFaultAndSurplusCellsAre() async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg", "b.jpg", "c.jpg")
        try folder.write("photo,id,name\na.jpg\n,,\n\nb.jpg,1,Ann\nc.jpg,2,Bob, Jr.\n", to: "staff.csv")
        let rows = try await folder.rows("staff.csv")
        #expect(rows.map(\.line) == [2, 5, 6])
        #expect(rows.map(\.rejection?.reason) == [nil, nil, .nameSeparator])
        #expect(rows[2].rejection?.detail.hasPrefix("the row has 4 cells and the header 3: ") == true)
    }

    @Test func aBatchFileNameDoesNotFillMissingColumns() async throws {
        let folder = try SourceFolder()
        try folder.photos("Ann_E-1_#_0_31_Oslo.jpg")
        try folder.write("photo,id,name\nAnn_E-1_#_0_31_Oslo.jpg", to: "staff.csv")
        let rows = try await folder.rows("staff.csv")
        #expect(rows.map(\.values) == [.cells(RowCells())])
        #expect(rows.map(\.imgID) == [nil])
    }

    @Test func photosWithoutARowAreReportedFromTheWholeFolder() async throws {
        let folder = try SourceFolder()
        let decomposed = "Rene\u{301}.jpg"
        try folder.photos("in/a.jpg", "in/b.jpg", "in/p/c.jpg", "in/q/d.jpg", "in/\(decomposed)", "in/.e.jpg")
        try folder.write("notes", to: "in/notes.txt")
        try folder.link("in/l.jpg", to: "b.jpg")
        try folder.write("photo,name,id\np/../a.jpg,Ann\nl.jpg,Bob\nRen\u{E9}.jpg,René\n", to: "in/people.csv")
        let source = try folder.open("in")
        let rows = try await source.all()
        #expect(rows.map(\.key) == ["line 2", "line 3", "line 4", "p/c.jpg", "q/d.jpg"])
        #expect(rows.suffix(2).map(\.rejection?.reason) == [.sourceMissingRow, .sourceMissingRow])
        #expect(rows.last?.source == "in/q/d.jpg" && rows.last?.line == nil)
        #expect(rows.last?.photo(below: folder) == "in/q/d.jpg")
        #expect(rows.last?.rejection?.detail == "no row of people.csv names this photo")
        #expect(
            source.said == [
                "in/people.csv is read as UTF-8, separated by ','",
                "2 photos have no row: move them away or add rows",
                "1 file that is not a picture was passed over: notes.txt",
                "1 hidden file that may be a picture was passed over: .e.jpg",
            ]
        )
        #expect(try source.countRows() == 5)
    }

    @Test func photosWithoutARowAreReportedFromTheFoldersThatRowsReferTo() async throws {
        let folder = try SourceFolder()
        try folder.photos("in/a.jpg", "in/p/b.jpg", "in/p/c.jpg", "in/p/deep/d.jpg", "in/q/e.jpg", "in/r/f.jpg")
        try folder.write("photo,id,name\np/b.jpg\n./q/missing.jpg\np/../p/b.jpg\n", to: "in/staff.csv")
        let rows = try await folder.rows("in/staff.csv")
        #expect(rows.map(\.key) == ["line 2", "line 3", "line 4", "p/c.jpg", "./q/e.jpg"])
        #expect(rows.map(\.source).suffix(2) == ["in/p/c.jpg", "in/./q/e.jpg"])
    }

    @Test func theMemoryOfReferencedPhotosIsAskedInBatches() async throws {
        let folder = try SourceFolder()
        for number in 0..<1_100 { try folder.photos("in/\(number).jpg") }
        let named = (0..<1_000).map { "\($0).jpg\n" }.joined()
        try folder.write("photo,id,name\n" + named, to: "in/people.csv")
        let memory = CountingPhotos()
        nonisolated(unsafe) let shared = memory  // SAFETY: one reading, awaited below, uses it.
        let source = try SourceOpener.open(
            "in",
            workingDirectory: folder.path,
            pictures: .forTests,
            referencedPhotos: { shared }
        )
        #expect(try await source.all().count == 1_100)
        #expect(memory.calls <= 8)
        #expect(memory.largest <= 1_024)
    }

    @Test func manyRowsAreReadOneAtATime() async throws {
        let folder = try SourceFolder()
        let line = "p.jpg;E-%;Jörg;1\r\n"
        var text = "photo;id;name;gender\r\n"
        for number in 0..<200_000 { text += line.replacing("%", with: String(number)) }
        try folder.photos("p.jpg")
        try folder.write(try encode(text, "CP1252"), to: Array("staff.csv".utf8))
        var count = 0
        for try await row in try folder.open("staff.csv").rows() {
            if row.line != count + 2 { break }
            count += 1
        }
        #expect(count == 200_000)
    }
}

/// Counts how it is asked.
private final class CountingPhotos: ReferencedPhotos {
    private let photos = PhotosInMemory()
    private(set) var calls = 0
    private(set) var largest = 0

    func insert(_ photos: [UInt64]) {
        note(photos.count)
        self.photos.insert(photos)
    }

    func contains(_ photos: [UInt64]) -> [Bool] {
        note(photos.count)
        return self.photos.contains(photos)
    }

    private func note(_ count: Int) {
        calls += 1
        largest = max(largest, count)
    }
}
