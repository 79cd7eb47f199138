// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceTransfer
import Foundation
import SystemPackage
import Testing

@testable import FaceSources

@Suite(.timeLimit(.minutes(20))) struct FolderSourceTests {
    private static let composed = "Ren\u{E9}_E-1_#_1_30_Lyon.jpg"
    private static let decomposed = "Rene\u{301}_E-1_#_1_30_Lyon.jpg"

    @Test func photosAreFoundInOrderWithFoldersAmongThem() async throws {
        let folder = try SourceFolder()
        try folder.photos("in/b/2.jpg", "in/a.jpg", "in/c.PNG", "in/b/1/x.jpeg", "in/b.jpg")
        let rows = try await folder.rows("in")
        #expect(rows.map(\.key) == ["a.jpg", "b/1/x.jpeg", "b/2.jpg", "b.jpg", "c.PNG"])
        #expect(rows.map(\.source).first == "in/a.jpg")
        #expect(rows.map(\.stem) == ["a", "x", "2", "b", "c"])
        #expect(rows.map { $0.photo(below: folder) } == rows.map { "in/" + $0.key })
        #expect(rows.allSatisfy { $0.line == nil && $0.imgID == nil && $0.rejection == nil })
        #expect(try folder.open("in").countRows() == 5)
    }

    @Test(arguments: [("in/", "in/a.jpg"), (".", "./in/a.jpg"), ("in/../in", "in/../in/a.jpg")])
    func sourcesBeginAsTheFolderWasTyped(typed: String, source: String) async throws {
        let folder = try SourceFolder()
        try folder.photos("in/a.jpg")
        #expect(try await folder.rows(typed).map(\.source) == [source])
        #expect(try await folder.rows(folder.path + "/in").map(\.source) == [folder.path + "/in/a.jpg"])
        #expect(try folder.open(typed).origin == SourceOrigin(source: typed, directory: folder.path))
    }

    @Test func whatDesktopsLeaveBehindIsPassedOverAndFoldersOfSystemsAreTold() async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg", "._a.jpg", ".hidden.jpg", ".DS_Store", "Thumbs.db", "desktop.ini", ".git/b.jpg")
        let source = try folder.open(".")
        #expect(try await source.all().map(\.key) == ["a.jpg"])
        #expect(
            source.said == [
                "1 folder that a system keeps for itself was passed over: .git",
                "1 hidden file that may be a picture was passed over: .hidden.jpg",
            ]
        )
        #expect(source.gap == nil)
    }

    @Test func otherFilesAreToldOnce() async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg")
        for name in 1...7 { try folder.write("text", to: "note\(name).txt") }
        try folder.write("", to: "empty")
        let source = try folder.open(".")
        for _ in 1...2 {
            #expect(try await source.all().count == 1)
            #expect(
                source.said == [
                    "8 files that are not pictures were passed over: "
                        + "empty, note1.txt, note2.txt, note3.txt, note4.txt and 3 more"
                ]
            )
        }
    }

    @Test func aPictureWithoutAPicturesExtensionIsARow() async throws {
        let folder = try SourceFolder()
        try folder.photos("Ann_E-1_#_0_31_St. Gallen", "Bob_E-2_#_1_31_Oslo.dat", "Eve_E-3_#_0_31_5.4 Main St..jpg")
        #expect(
            try await folder.rows(".").map(\.stem) == [
                "Ann_E-1_#_0_31_St. Gallen", "Bob_E-2_#_1_31_Oslo", "Eve_E-3_#_0_31_5.4 Main St.",
            ]
        )
    }

    @Test func symbolicLinksAreNotFollowed() async throws {
        let folder = try SourceFolder()
        try folder.photos("in/a.jpg", "out/b.jpg")
        try folder.link("in/folder", to: "../out")
        try folder.link("in/photo.jpg", to: "../out/b.jpg")
        let source = try folder.open("in")
        let rows = try await source.all()
        #expect(rows.map(\.key) == ["a.jpg", "photo.jpg"])
        #expect(rows.map(\.rejection?.reason) == [nil, .sourceUnreadable])
        #expect(source.said == ["1 symbolic link was passed over: folder"])
        #expect(source.gap == "symbolic links are not followed and may lead to photos (folder)")
        try folder.link("typed", to: "in")
        #expect(try await folder.rows("typed").map(\.key) == ["a.jpg", "photo.jpg"])
    }

    @Test(arguments: [composed, decomposed]) func valuesAreComposedAndPathsAreNot(name: String) async throws {
        let folder = try SourceFolder()
        try folder.photos(name)
        let row = try #require(try await folder.rows(".").first)
        #expect(Array(row.key.utf8) == Array(Self.composed.utf8))
        #expect(row.stem.map { Array($0.utf8) } == Array(Self.composed.dropLast(4).utf8))
        #expect(row.photo(below: folder).map { Array($0.utf8) } == Array(("./" + name).utf8))
    }

    @Test func twoSpellingsOfOneNameAreTwoRows() async throws {
        let folder = try SourceFolder()
        try folder.photos(Self.composed, Self.decomposed)
        let rows = try await folder.rows(".")
        #expect(rows.count == 2)
        #expect(Set(rows.map(\.key)) == [Self.composed, Self.composed + "//2"])
        #expect(Set(rows.compactMap { $0.file.map { Array($0.string.utf8) } }).count == 2)
    }

    @Test(arguments: [
        ("王小明_E-1_#_1_30_北京.jpg", "GB18030", "GB18030"), ("Jörg_E-1_#_1_30_Köln.jpg", "CP1252", "Windows-1252"),
    ])
    func aNameInAnotherEncodingIsReadAndToldAndStillOpens(name: String, encoding: String, title: String) async throws {
        let folder = try SourceFolder()
        let bytes = try encode(name, encoding)
        try folder.write(SourceFolder.jpeg, to: bytes)
        let source = try folder.open(".")
        let row = try #require(try await source.all().first)
        #expect(row.stem == String(name.dropLast(4)))
        #expect(source.said == ["1 file name is not UTF-8 and read in another encoding: \(name) (\(title))"])
        let photo = try #require(row.file)
        #expect(photo.withPlatformString { access($0, R_OK) } == 0)
    }

    /// What mirrors read, and what reports show, is named by the text of its name.
    @Test(arguments: [("José_E-1_#_1_30_Málaga.jpg", "UTF-8"), ("王小明_E-1_#_1_30_北京.jpg", "GB18030")], ["", "a"])
    func aPhotoIsFoundAgainByItsNameAsText(_ name: (String, String), below: String) async throws {
        let folder = try SourceFolder()
        let place = below.isEmpty ? "in/" : "in/Größe/"
        // As a Mac spells it, and as an old program does.
        let spelled = (place + name.0).decomposedStringWithCanonicalMapping
        try folder.write(
            SourceFolder.jpeg,
            to: try name.1 == "UTF-8" ? Array(spelled.utf8) : encode(place + name.0, name.1)
        )
        let source = try folder.open("in")
        let row = try #require(try await source.all().first)
        #expect(row.source == place + name.0)
        #expect(source.photo(reportedAs: row.source) == row.photo)
        try folder.photos("in/gone.jpg")
        #expect(source.photo(reportedAs: "in/gone.jpg") == .file(FilePath(folder.path + "/in/gone.jpg")))
        #expect(source.photo(reportedAs: "in/not.jpg") == .file(FilePath(folder.path + "/in/not.jpg")))
    }

    @Test func aNameThatIsNoTextIsRejected() async throws {
        let folder = try SourceFolder()
        try folder.write(SourceFolder.jpeg, to: [0x41, 0x81, 0x2E, 0x6A, 0x70, 0x67])
        #expect(try await folder.rows(".").first?.rejection?.reason == .nameFields)
    }

    @Test func aFolderWhoseNameIsNoTextIsARowBesideWhatItHolds() async throws {
        let folder = try SourceFolder()
        let name: [UInt8] = [0x41, 0x81]
        try folder.write(SourceFolder.jpeg, to: Array("in/".utf8) + name + Array("/a.jpg".utf8))
        let rows = try await folder.rows("in")
        try #require(rows.map(\.source) == ["in/A\u{FFFD}/", "in/A\u{FFFD}/a.jpg"])
        #expect(rows.map(\.rejection?.reason) == [.sourceUnreadable, nil])
        #expect(rows[0].rejection?.detail.hasPrefix("the name of the folder is not UTF-8 and may be CP850") == true)
        let photo = try #require(rows[1].file)
        #expect(photo.withPlatformString { access($0, R_OK) } == 0)
    }

    @Test func aFolderWhoseNameIsReadInAnotherEncodingIsTold() async throws {
        let folder = try SourceFolder()
        try folder.write(SourceFolder.jpeg, to: try encode("in/员工照片/a.jpg", "GB18030"))
        let source = try folder.open("in")
        #expect(try await source.all().map(\.source) == ["in/员工照片/a.jpg"])
        #expect(source.said == ["1 file name is not UTF-8 and read in another encoding: 员工照片/ (GB18030)"])
    }

    @Test func aFolderThatGoesAwayWhileItIsReadIsAnError() async throws {
        let folder = try SourceFolder()
        try folder.photos("in/a.jpg", "in/b/c.jpg")
        var rows = try folder.open("in").rows().makeAsyncIterator()
        #expect(try await rows.next()?.key == "a.jpg")
        try FileManager.default.removeItem(atPath: folder.path + "/in/b")
        let error = await #expect(throws: SourceError.self) { try await rows.next() }
        #expect(error?.message.hasPrefix("in/b ") == true)
    }

    @Test func aPeopleCSVWithoutPhotosIsTold() async throws {
        let folder = try SourceFolder()
        try folder.photos("in/a.jpg")
        try folder.write("name\nAnn\n", to: "in/people.csv")
        let source = try folder.open("in")
        #expect(try await source.all().map(\.key) == ["a.jpg"])
        #expect(source.said.first == "in/people.csv has no photo column, so the values are taken from the file names")
    }

    @Test func aCancelledTaskStopsReading() async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg")
        let source = try folder.open(".")
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                withUnsafeCurrentTask { $0?.cancel() }
                await #expect(throws: CancellationError.self) { try await source.all() }
            }
        }
    }
}
