// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation
import Glibc
import Testing

@testable import FaceSources

/// Files and folders that this user may not read.
@Suite(.timeLimit(.minutes(20)), .enabled(if: geteuid() != 0, "root may read everything: see AsNobodyTests"))
struct RightsTests {
    typealias Accident = RemovalAccidentTests.Accident

    private static let third = RemovalBench.photo(3)

    /// The third person's photo moves into a folder that gets these rights.
    private static func hide(_ folder: String, _ rights: mode_t, in bench: RemovalBench) throws {
        try bench.move("new/\(third).jpg", to: "new/\(folder)/\(third).jpg")
        chmod(bench.folder.path + "/new/\(folder)", rights)
    }

    static let accidents = [
        Accident("a photo may not be read", .folder, .stops("not on this disk (new/Person 3")) {
            chmod($0.folder.path + "/new/\(third).jpg", 0)
        },
        Accident("a photo that a table names may not be read", .table, .stops("not on this disk (new/p3.jpg)")) {
            chmod($0.folder.path + "/new/p3.jpg", 0)
        },
        Accident("a folder may not be read", .folder, .stops("cannot be read or is not on this disk (new/a/)")) {
            try hide("a", 0, in: $0)
        },
        Accident("a folder may be listed and not entered", .folder, .stops("not on this disk (new/a/")) {
            try hide("a", 0o444, in: $0)
        },
        Accident("a folder may be entered and not listed", .folder, .stops("not on this disk (new/a/)")) {
            try hide("a", 0o111, in: $0)
        },
        Accident("a folder beside a table may not be read", .table, .stops("not on this disk (new/a/)")) {
            try $0.put(30, "new/a/x.jpg")
            chmod($0.folder.path + "/new/a", 0)
        },
        Accident("a bin may not be read", .folder, .onlyTheLeaverGoes) {
            try $0.put(12, "new/#recycle/a.jpg")
            chmod($0.folder.path + "/new/#recycle", 0)
        },
    ]

    @Test(arguments: accidents, RemovalBench.Way.allCases)
    func nobodyIsDeletedWhoMayBeThere(_ accident: Accident, _ way: RemovalBench.Way) async throws {
        try await RemovalAccidentTests.check(accident, way)
    }

    @Test(arguments: RemovalBench.Way.allCases)
    func theRestIsStoredWhereAFolderMayNotBeRead(_ way: RemovalBench.Way) async throws {
        let bench = try RemovalBench(.folder, way)
        try bench.fill([1, 2, 3, 4])
        try Self.hide("a", 0, in: bench)
        guard case .done = try await bench.run(removes: false) else {
            Issue.record("it did not end")
            return
        }
        #expect(await bench.ids() == [1, 2, 4].map(RemovalBench.id))
    }

    @Test func aFolderThatMayNotBeReadIsARow() async throws {
        let folder = try SourceFolder()
        try folder.photos("in/a.jpg", "in/b/c.jpg", "in/d.jpg")
        chmod(folder.path + "/in/b", 0)
        let rows = try await folder.rows("in")
        try #require(rows.map(\.source) == ["in/a.jpg", "in/b/", "in/d.jpg"])
        #expect(rows.map(\.rejection?.reason) == [nil, .sourceUnreadable, nil])
        let detail = "the folder cannot be read (Permission denied): give this user the right to read it"
        #expect(rows[1].rejection?.detail == detail)
        #expect(rows[1].photo == nil)
        #expect(try folder.open("in").countRows() == 3)
    }

    @Test func aSourceThatMayNotBeReadIsAnError() async throws {
        let folder = try SourceFolder()
        try folder.photos("in/a.jpg")
        chmod(folder.path + "/in", 0o111)
        let error = await #expect(throws: SourceError.self) { try await folder.rows("in") }
        #expect(error?.code == .unreadable)
        #expect(error?.message.hasPrefix("in cannot be read (Permission denied)") == true)
    }

    /// What it names can be read, and so its rows go through; what it does not name cannot be found.
    @Test(arguments: ["in/people.csv", "in"]) func aTableWhosePhotosCannotBeListedIsReadAllTheSame(_ typed: String)
        async throws
    {
        let folder = try SourceFolder()
        try folder.photos("in/a.jpg", "in/b/c.jpg")
        try folder.write("photo,name,img_id\na.jpg,Ann,1\nb/c.jpg,Bo,2\n", to: "in/people.csv")
        chmod(folder.path + "/in/b", 0o111)
        let rows = try await folder.rows(typed)
        #expect(rows.map(\.key) == ["line 2", "line 3", "b/"])
        #expect(rows.map(\.rejection?.reason) == [nil, nil, .sourceUnreadable])
        #expect(rows.last?.source == "in/b/")

        chmod(folder.path + "/in", 0o111)
        let blind = try await folder.rows(typed)
        #expect(blind.map(\.key).prefix(3) == ["line 2", "line 3", "./"])
    }
}
