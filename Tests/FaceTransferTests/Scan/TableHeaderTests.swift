// SPDX-License-Identifier: Apache-2.0
import FaceTransfer
import Testing

@testable import FaceSources

@Suite struct TableHeaderTests {
    @Test(arguments: [
        "photo,Employee No.,Full Name,身份证号", "photo,Employee\u{A0}No.,Full\u{3000}Name,身份证号码",
        "photo,em\u{AD}ployee no,na\u{200B}me,id card no.", "photo *,ID:,*Name*,Identity Code",
        "photo,\u{FEFF}img_id,\u{200E}name\u{200F},ＩＤ　Card", "照片：,工号：,姓名：,证件号码：",
        "Photo.,Employee Number,Employee Name,ID Card Number", "\u{FEFF}\u{FEFF}photo,ID,n\u{200D}ame,identity",
        "photo,\u{2007}Staff\u{202F}ID\u{2009},NAME,身分證字號",
    ])
    func headersAreKnownWhateverStandsAroundTheirLetters(header: String) async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg")
        try folder.write(header + "\na.jpg,00042,Ann,X-1\n", to: "staff.csv")
        let source = try folder.open("staff.csv")
        let rows = try await source.all()
        #expect(rows.map(\.imgID) == ["00042"])
        #expect(rows.map(\.values) == [.cells(RowCells(name: "Ann", identity: "X-1"))])
        #expect(source.said == ["staff.csv is read as UTF-8, separated by ','"])
    }

    @Test(arguments: [
        (
            "photo,img_id,Nmae",
            "no column for the name: it has \"photo\", \"img_id\", \"Nmae\"; only photo, img_id would be taken; "
                + "name one of its columns name, perhaps \"Nmae\" is meant to be name; "
                + "if there really is none, add an empty column of that name"
        ),
        (
            "photo,Kennung,name",
            "no column for the id: it has \"photo\", \"Kennung\", \"name\"; only photo, name would be taken; "
                + "name one of its columns img_id; if there really is none, add an empty column of that name"
        ),
        (
            "photo;姓名（必填）",
            "no column for the id and for the name: it has \"photo\", \"姓名（必填）\"; only photo would be taken; "
                + "name one of its columns img_id, another name, perhaps \"姓名（必填）\" is meant to be name; "
                + "if there really is none, add an empty column of that name"
        ),
        (
            "a.jpg,17,Ann",
            "no column for the photo: it has \"a.jpg\", \"17\", \"Ann\"; name one of its columns photo"
        ),
    ])
    func aTableWithoutIDNameOrPhotoIsAStopThatListsItsHeaders(header: String, message: String) async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg")
        try folder.write(header + "\na.jpg,17,Ann\n", to: "staff.csv")
        let error = await #expect(throws: SourceError.self) { try await folder.rows("staff.csv") }
        #expect(error?.code == .unsupported)
        #expect(error?.message == "staff.csv has " + message)
    }

    @Test func anEmptyColumnIsTheWayToGoOnWithoutIDsAndNames() async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg")
        try folder.write("photo,img_id,name\na.jpg\n", to: "staff.csv")
        let rows = try await folder.rows("staff.csv")
        #expect(rows.map(\.imgID) == [nil] && rows.map(\.cellName) == [""])
    }

    @Test func aFolderIsStoppedByItsTableToo() async throws {
        let folder = try SourceFolder()
        try folder.photos("in/a.jpg")
        try folder.write("photo,Kennung,name\na.jpg,17,Ann\n", to: "in/people.csv")
        let error = await #expect(throws: SourceError.self) { try await folder.rows("in") }
        #expect(error?.message.hasPrefix("in/people.csv has no column for the id") == true)
    }

    @Test func anUnknownColumnThatLooksLikeOursIsTold() async throws {
        let folder = try SourceFolder()
        try folder.write("photo,id,name,gendre,Abteilung,Page\n", to: "staff.csv")
        let source = try folder.open("staff.csv")
        #expect(try await source.all().isEmpty)
        #expect(
            source.said.suffix(2) == [
                "columns ignored: gendre, Abteilung, Page",
                "perhaps \"gendre\" is meant to be gender, \"Page\" is meant to be age",
            ]
        )
    }

    @Test func aHeaderOfAnyLengthMakesAShortSentence() async throws {
        let folder = try SourceFolder()
        let long = String(repeating: "x", count: 400_000)
        try folder.write("photo,\(long),\"na\nme\u{202E}\"\n", to: "staff.csv")
        let error = await #expect(throws: SourceError.self) { try await folder.rows("staff.csv") }
        #expect((error?.message.utf8.count ?? .max) < 500)
        #expect(error?.message.contains("\u{202E}") == false && error?.message.contains("\n") == false)
    }
}
