// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation
import SystemPackage
import Testing

@testable import FaceSources
@testable import FaceText
@testable import FaceTransfer

@Suite struct ReportSourceTests {
    private static let header = "source,line,img_id,name,outcome,reason,detail,hint,device_code"
    private static let derived = String(repeating: "0a", count: 20)
    private static let jpegID = PortraitID.derived(from: SourceFolder.jpeg).text

    /// A folder `new` with a people.csv, and a report on it in `out`.
    private static func folder(report rows: [String], source: String = "new/people.csv") throws -> SourceFolder {
        let folder = try SourceFolder()
        try folder.photos("new/a.jpg", "new/b.jpg", "new/c.jpg", "new/d.jpg")
        try folder.write(
            "photo,id,name,gender,age,address\na.jpg,E_1,Ann,0,31,\"Oslo, N\"\nb.jpg,E-2,Bob,1,200x,Rome\n"
                + "c.jpg,,Cem,1,33,Izmir\n,E-4,Dora,0,34,Bonn\nd.jpg,E-5,Eve,0,35,Kyiv\n",
            to: "new/people.csv"
        )
        try folder.summary(source: source)
        try folder.write(([header] + rows).joined(separator: "\n") + "\n", to: "out/rejected.csv")
        return folder
    }

    private static func cells(_ row: ScannedRow?) -> [String] {
        guard case .cells(let cells)? = row?.values else { return [] }
        return [cells.name, cells.identity, cells.gender, cells.age, cells.address]
    }

    @Test(arguments: ["new/people.csv", "new"]) func anEditedReportIsReadAgain(source: String) async throws {
        let folder = try Self.folder(
            report: [
                "new/a.jpg,2,E-1,Ann,rejected,img-id.characters,,,", "new/b.jpg,3,,Bobby,failed,device.unreachable,,,",
                "new/d.jpg,6,E-5,Eve,stored,,,,",
            ],
            source: source
        )
        let report = try folder.open("out/rejected.csv")
        let rows = try await report.all()
        #expect(rows.map(\.imgID) == ["E-1", "E-2"])
        #expect(rows.map(\.line) == [2, 3] && rows.map(\.source) == ["new/a.jpg", "new/b.jpg"])
        #expect(Self.cells(rows.first) == ["Ann", "", "0", "31", "Oslo, N"])
        #expect(Self.cells(rows.last) == ["Bobby", "", "1", "200x", "Rome"])
        #expect(rows.map { $0.photo(below: folder) } == ["new/a.jpg", "new/b.jpg"])
        #expect(report.origin == SourceOrigin(source: source, directory: folder.path))
        #expect(try report.countRows() == 2)
    }

    @Test func whatWasFoundInABinIsNoRowAnyMore() async throws {
        let row = { (place: String) in "new/\(place),,,,rejected,name.fields,,," }
        let folder = try Self.folder(report: ["#recycle/a.jpg", "d.jpg", "#recycle/b.jpg"].map(row), source: "new")
        let report = try folder.open("out/rejected.csv")
        #expect(try await report.all().map(\.source) == ["new/d.jpg"])
        #expect(report.said.last == "1 folder that a system keeps for itself was passed over: #recycle")
    }

    @Test func aRowThatStandsForAFolderSaysSo() async throws {
        let folder = try Self.folder(report: ["new/b/,,,,rejected,source.unreadable,,,"], source: "new")
        try folder.photos("new/b/c.jpg")
        let row = try #require(try await folder.rows("out/rejected.csv").first)
        #expect(row.source == "new/b/" && row.photo == nil)
        let detail = "the row stands for a folder that was not read: import the folder itself"
        #expect(row.rejection == Rejection(.sourceUnreadable, detail))
    }

    @Test func aReportInAnyOrderIsReadAgain() async throws {
        let folder = try Self.folder(report: [
            "new/d.jpg,6,E-5,Eve,rejected,,,,", "new/a.jpg,2,E-1,Ann,rejected,,,,", "new/b.jpg,3,E-2,Bob,rejected,,,,",
        ])
        #expect(try await folder.rows("out/rejected.csv").map(\.line) == [2, 3, 6])
    }

    @Test func aPhotoCanBeCorrectedInTheReport() async throws {
        let folder = try Self.folder(report: [
            "new/none.jpg,2,E-1,Ann,rejected,,,,", "new/c.jpg,5,E-4,Dora,rejected,,,,",
        ])
        let rows = try await folder.rows("out/rejected.csv")
        #expect(rows.map(\.rejection?.reason) == [.sourceMissingPhoto, nil])
        #expect(rows.last?.photo(below: folder) == "new/c.jpg")
    }

    @Test func aRowThatNamedNoPhotoStaysRejectedUntilItDoes() async throws {
        let folder = try Self.folder(report: ["new/people.csv,5,E-4,Dora,rejected,source.missing-photo,,,"])
        let row = try #require(try await folder.rows("out/rejected.csv").first)
        #expect(row.rejection?.reason == .sourceMissingPhoto && row.source == "new/people.csv")
    }

    @Test func aDuplicateCountsOnceItIsCorrected() async throws {
        let folder = try Self.folder(report: [
            "new/a.jpg,2,E-9,Ann,duplicate,img-id.repeated,,,", "new/b.jpg,3,E-2,Bobby,duplicate,img-id.repeated,,,",
            "new/c.jpg,4,\(Self.jpegID),Cem,duplicate,img-id.repeated,,,",
            "new/d.jpg,6,=\"E-8\",Eve,duplicate,img-id.repeated,,,",
        ])
        let rows = try await folder.rows("out/rejected.csv")
        #expect(rows.map(\.imgID) == ["E-9", "E-2", nil, "E-8"])
        #expect(rows.map(\.rejection?.reason) == [nil, .imgIDRepeated, .imgIDRepeated, nil])
    }

    @Test func aDuplicatePhotoThatWasExchangedCounts() async throws {
        let folder = try Self.folder(report: ["new/c.jpg,4,\(Self.derived),Cem,duplicate,img-id.repeated,,,"])
        let rows = try await folder.rows("out/rejected.csv")
        #expect(rows.map(\.imgID) == [nil] && rows.map(\.rejection) == [nil])
    }

    @Test(arguments: [
        ("007", "7", "007"), ("0", "0", "0"), ("00120", "120", "00120"), ("007", "8", "8"), ("700", "7", "7"),
    ])
    func leadingZerosThatASpreadsheetTookArePutBackAndTold(original: String, edited: String, id: String) async throws {
        let folder = try Self.folder(report: ["new/a.jpg,2,\(edited),,rejected,,,,,,"])
        try folder.write("photo,id,name\na.jpg,\(original),Ann\n", to: "new/people.csv")
        let source = try folder.open("out/rejected.csv")
        #expect(try await source.all().map(\.imgID) == [id])
        let told = "leading zeros that a spreadsheet took from 1 img_id were put back: \(edited) is \(id)"
        #expect(source.said.contains(told) == (edited != id))
    }

    @Test func leadingZerosOfAFileNameArePutBackToo() async throws {
        let folder = try SourceFolder()
        try folder.photos("in/Ann_007_#_0_31_Oslo.jpg.jpg")
        try folder.summary(source: "in")
        try folder.write(Self.header + "\nin/Ann_007_#_0_31_Oslo.jpg.jpg,,7,Ann,rejected,,,,\n", to: "out/rejected.csv")
        let row = try #require(try await folder.rows("out/rejected.csv").first)
        #expect(row.imgID == "007" && Self.cells(row) == ["Ann", "", "0", "31", "Oslo"])
    }

    @Test func aCopyIsRejectedAgainUntilItsFileIsRenamed() async throws {
        let folder = try SourceFolder()
        try folder.photos("in/Ann_E-1_#_0_31_Oslo (1).jpg")
        try folder.summary(source: "in")
        try folder.write(
            Self.header + "\nin/Ann_E-1_#_0_31_Oslo (1).jpg,,E-1,Anna,rejected,,,,\n",
            to: "out/rejected.csv"
        )
        let row = try #require(try await folder.rows("out/rejected.csv").first)
        guard case .failure(let invalid) = RowValidator().validate(row) else {
            Issue.record("it was taken")
            return
        }
        #expect(invalid.reasons.first?.reason == .nameCopy)
    }

    @Test func aNameThatTheReportCutShortIsNoCorrection() async throws {
        let long = String(repeating: "Ann ", count: 100_000)
        let folder = try Self.folder(report: [])
        try folder.write("photo,id,name\na.jpg,E-1,\(long)\n", to: "new/people.csv")
        guard case .failure(let invalid) = RowValidator().validate(try await folder.rows("new/people.csv")[0]) else {
            Issue.record("it was taken")
            return
        }
        #expect(invalid.name.utf8.count < 300 && invalid.reasons.first?.reason == .attributeLength)
        try folder.write(Self.header + "\nnew/a.jpg,2,E-1,\(invalid.name),rejected,,,,\n", to: "out/rejected.csv")
        #expect(try await folder.rows("out/rejected.csv").map(\.cellName) == [long])
    }

    @Test func excelsQuotingAndEmptyColumnsInAReportAreTakenOff() async throws {
        let folder = try Self.folder(report: [])
        let row = ["new/a.jpg", "2", "E-1", "Ann", "rejected"].map { "\"=\"\"\($0)\"\"\"" }.joined(separator: ";")
        let header = Self.header.replacing(",", with: ";")
        try folder.write(header + ";;\n" + row + ";;;;;;\n", to: "out/rejected.csv")
        let rows = try await folder.rows("out/rejected.csv")
        #expect(rows.map(\.imgID) == ["E-1"] && Self.cells(rows.first).first == "Ann")
        #expect(rows.map { $0.photo(below: folder) } == ["new/a.jpg"])
    }

    @Test func aDerivedIDIsDerivedAgain() async throws {
        let folder = try Self.folder(report: ["new/c.jpg,4,\(Self.derived),Cem,rejected,quality.blurred,,,"])
        #expect(try await folder.rows("out/rejected.csv").map(\.imgID) == [nil])
    }

    @Test func aReportIsReadFromAnotherFolderToo() async throws {
        let folder = try Self.folder(report: ["new/a.jpg,2,E-1,Ann,rejected,,,,"])
        let source = try SourceOpener.open(
            "rejected.csv",
            workingDirectory: folder.path + "/out",
            pictures: .forTests
        )
        let rows = try await source.all()
        #expect(rows.map(\.source) == [folder.path + "/new/a.jpg"])
        #expect(rows.map { $0.photo(below: folder) } == ["new/a.jpg"])
    }

    @Test(arguments: [
        ("Ann_E-1_#_0_31_Oslo.jpg", "", "", "E-1", ["Ann", "", "0", "31", "Oslo"]),
        ("Ann_E-1_#_0_31_Oslo.jpg", "E-9", "Anna", "E-9", ["Anna", "", "0", "31", "Oslo"]),
        ("Ann_#_7_2_31_Oslo.jpg", derived, "Ann", nil, ["Ann", "7", "2", "31", "Oslo"]),
        ("Ann.jpg", "E-9", "Ann", "E-9", ["Ann", "", "", "", ""]),
        ("Ann.jpg", "", "", nil, []),
    ])
    func aRowOfAFolderTakesItsValuesFromTheFileName(
        photo: String,
        id: String,
        name: String,
        expectedID: String?,
        values: [String]
    ) async throws {
        let folder = try SourceFolder()
        try folder.photos("in/" + photo)
        try folder.summary(source: "in")
        try folder.write(Self.header + "\nin/\(photo),,\(id),\(name),rejected,,,,\n", to: "out/rejected.csv")
        let row = try #require(try await folder.rows("out/rejected.csv").first)
        #expect(row.imgID == expectedID && Self.cells(row) == values && row.line == nil)
        #expect(row.stem == (values.isEmpty ? "Ann" : nil))
        #expect(row.photo(below: folder) == "in/" + photo && row.source == "in/" + photo)
    }

    @Test(arguments: [
        ("new/x.jpg,6,E-9,Zoe,rejected,,,,", "has changed since the report was made"),
        ("new/d.jpg,9,E-5,Eve,rejected,,,,", "has changed since the report was made"),
        ("new/a.jpg,two,E-1,Ann,rejected,,,,", "has \"two\" in the column line"),
        ("new/a.jpg,2,E-1,Ann,done,,,,", "has the outcome \"done\""),
        ("new/a.jpg,2", "does not have the report's nine cells"),
    ])
    func aReportThatFitsNothingIsRefused(row: String, message: String) async throws {
        let folder = try Self.folder(report: [row])
        let error = await #expect(throws: SourceError.self) { try await folder.rows("out/rejected.csv") }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test func theEncodingThatWasToldIsRememberedBesideTheReport() async throws {
        let folder = try Self.folder(report: ["new/a.jpg,2,E-1,,rejected,,,,"])
        try folder.write(
            try encode("photo,id,name\na.jpg,E-1,Niccolò\n", "CP1252"),
            to: Array("new/people.csv".utf8)
        )
        try folder.summary(source: "new/people.csv", encoding: "CP1252")
        let report = try folder.open("out/rejected.csv")
        #expect(try await report.all().map(\.cellName) == ["Niccolò"])
        #expect(report.origin.encoding == .windows1252)
        try folder.summary(source: "new/people.csv", encoding: "CP12512")
        #expect(throws: SourceError.self) { try folder.open("out/rejected.csv") }
    }

    @Test func whatTheReportNeedsMustBeThere() async throws {
        let folder = try Self.folder(report: ["new/a.jpg,2,E-1,Ann,rejected,,,,"])
        try folder.summary(source: "out/rejected.csv")
        var error = await #expect(throws: SourceError.self) { try await folder.rows("out/rejected.csv") }
        #expect(error?.message.contains("was made from another report") == true)
        try folder.summary(source: "gone.csv")
        error = await #expect(throws: SourceError.self) { try await folder.rows("out/rejected.csv") }
        #expect(error?.message.hasPrefix("gone.csv, from which out/rejected.csv was made, is not there") == true)
        try folder.write("{}", to: "out/summary.json")
        error = await #expect(throws: SourceError.self) { try await folder.rows("out/rejected.csv") }
        #expect(error?.message.hasPrefix("out/summary.json is not the summary of a report") == true)
        try FileManager.default.removeItem(atPath: folder.path + "/out/summary.json")
        error = await #expect(throws: SourceError.self) { try await folder.rows("out/rejected.csv") }
        #expect(error?.code == .notFound)
        #expect(error?.message.hasPrefix("out/summary.json is not there") == true)
    }
}

extension SourceFolder {
    func summary(source: String, encoding: String? = nil) throws {
        var summary = ["source": source, "directory": path, "job": "20261122-101502-3f"]
        summary["encoding"] = encoding
        try write(Array(try JSONEncoder().encode(summary)), to: Array("out/summary.json".utf8))
    }
}
