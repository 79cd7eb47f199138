// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceReport
import Foundation
import Testing

@Suite(.timeLimit(.minutes(20))) struct ReportWriterTests {
    private static let columns = [
        "source", "line", "img_id", "name", "outcome", "reason", "detail", "hint", "device_code",
    ]

    @Test func allRowsAreInResultsAndThoseToHandBackInRejected() async throws {
        let rows = [
            row(.stored, imgID: "a"), row(.rejected, .imageTruncated, imgID: "b"), row(.unchanged, imgID: "c"),
            row(.duplicate, .imgIDRepeated, imgID: "d"), row(.failed, .deviceUnreachable, imgID: "e"),
            row(.stored, .imageRepeated, imgID: "f"), row(.updated, imgID: "g"), row(.removed, imgID: "h"),
        ]
        let report = WrittenReport()
        try await report.write(rows)
        let results = records(ofCSV: try report.text("results.csv"))
        let rejected = records(ofCSV: try report.text("rejected.csv"))
        #expect(results.map { $0[2] } == ["img_id", "a", "b", "c", "d", "e", "f", "g", "h"])
        #expect(rejected.map { $0[2] } == ["img_id", "b", "d", "e"])
    }

    @Test func theCSVsAreWhatSpreadsheetsTakeForUTF8() async throws {
        let report = WrittenReport()
        try await report.write([row(.rejected, .faceNone, name: "安娜", deviceCode: -1101)])
        for file in ["results.csv", "rejected.csv"] {
            let text = try report.text(file)
            #expect(text.utf8.starts(with: [0xEF, 0xBB, 0xBF]))
            #expect(text.hasSuffix("\r\n"))
            let read = records(ofCSV: String(text.unicodeScalars.dropFirst()))
            #expect(read.first == Self.columns)
            #expect(
                read.last == [
                    "new/Ann_E-17_#_0_31_Oslo.jpg", "", "E-17", "安娜", "rejected", "face.none", "",
                    Reason.faceNone.advice, "-1101",
                ]
            )
        }
    }

    @Test(arguments: [
        "plain", "a,b", "a;b", "tab\tbed", "\"quoted\"", "ends with \"", "two\nlines", "two\r\nlines", " spaced ",
        "=HYPERLINK(\"x\")", "+47 1", "-1", "@SUM(A1)", "安娜,\"娜娜\"", "\u{301}", "",
    ])
    func everyValueComesBackUnaltered(value: String) async throws {
        let report = WrittenReport()
        try await report.write([row(.rejected, .imageFormat, source: value, line: 7, name: value, detail: value)])
        let read = records(ofCSV: try report.text("rejected.csv"))
        try #require(read.count == 2 && read[1].count == Self.columns.count)
        for column in [0, 3, 6] {
            #expect(read.last?[column].unicodeScalars.elementsEqual(value.unicodeScalars) == true)
        }
        #expect(read.last?[1] == "7")
    }

    @Test func theNumbersSayWhereTheRowsWereReadFrom() async throws {
        let report = WrittenReport()
        try await report.write([row(.stored)])
        let data = Data(try report.text("summary.json").utf8)
        let object = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(
            Set(object.keys) == [
                "type", "job", "command", "source", "target", "directory", "total", "outcomes", "seconds", "report",
            ]
        )
        #expect(object["source"] as? String == "new/")
        #expect(object["target"] as? String == "hq:Staff")
        #expect(object["directory"] as? String == "/home/hr")
        #expect(object["total"] as? Int == 1)
        #expect(object["report"] as? String == report.folder.path)
    }

    @Test func onlyTheOwnerMayReadAnyOfIt() async throws {
        let report = WrittenReport()
        try await report.write([row(.stored)])
        #expect(try report.files == ["rejected.csv", "report.html", "results.csv", "summary.json"])
        for file in try report.files { #expect(try report.permissions(file) == 0o600) }
        #expect(try report.permissions("") == 0o700)
    }

    @Test func aReportTakesThePlaceOfTheOneBefore() async throws {
        let report = WrittenReport()
        try await report.write([row(.stored, name: "Ann"), row(.stored)])
        try Data("left by a killed run".utf8).write(to: report.folder.appending(path: "results.csv.partial"))
        try await report.write([row(.stored, name: "Bob")])
        #expect(records(ofCSV: try report.text("results.csv")).map { $0[3] } == ["name", "Bob"])
        #expect(try report.files.count == 4)
    }

    @Test func missingFoldersAreMadeAndOneThatIsThereKeepsItsPermissions() throws {
        let report = WrittenReport()
        try FileManager.default.createDirectory(at: report.folder, withIntermediateDirectories: true)
        try FileManager.default.setAttributes([.posixPermissions: 0o750], ofItemAtPath: report.folder.path)
        _ = try ReportWriter(directory: report.folder.path)
        _ = try ReportWriter(directory: report.folder.path + "/a/b/")
        #expect(try report.permissions("") == 0o750)
        #expect(try report.permissions("a/b") == 0o700)
        #expect(try report.files == ["a"])
    }

    @Test func whatIsProvenLeavesNoFolderBehindAndKeepsOneThatWasThere() throws {
        let report = WrittenReport()
        try FileManager.default.createDirectory(at: report.folder, withIntermediateDirectories: true)
        try ReportWriter.prove(directory: report.folder.path + "/a/b")
        try ReportWriter.prove(directory: report.folder.path)
        #expect(try report.files == [])
        try FileManager.default.createDirectory(
            at: report.folder.appending(path: "c"),
            withIntermediateDirectories: true
        )
        try ReportWriter.prove(directory: report.folder.path + "/c/d")
        #expect(try report.files == ["c"])
        #expect(throws: ReportError.self) { try ReportWriter.prove(directory: "/dev/null/report") }
    }

    @Test(arguments: ["", "/proc/facelib-report", "/dev/null", "/dev/null/report", "/etc/hostname/x"])
    func aFolderThatCannotBeWrittenToIsRefusedBeforeTheJob(path: String) {
        let error = #expect(throws: ReportError.self) { try ReportWriter(directory: path) }
        #expect(error?.code == .folder)
        #expect(error?.message.contains(path.isEmpty ? "no name" : path) == true)
    }

    @Test func aFileThatCannotTakeItsNameIsReportedAndNothingPartialIsLeft() async throws {
        let report = WrittenReport()
        let writer = try ReportWriter(directory: report.folder.path)
        let obstacle = report.folder.appending(path: "results.csv/full")
        try FileManager.default.createDirectory(at: obstacle, withIntermediateDirectories: true)
        let rows = [row(.stored)]
        let error = await #expect(throws: ReportError.self) {
            try await writer.write(summary: summary(of: rows), rows: Rows(rows)) { _ in nil }
        }
        #expect(error?.code == .file)
        #expect(error?.errno == EISDIR)
        #expect(error?.message.contains("results.csv cannot be written: Is a directory") == true)
        #expect(try report.files == ["results.csv"])
    }

    @Test func theNumbersOfTheReportBeforeNeverStandBesideOtherRows() async throws {
        let report = WrittenReport()
        try await report.write([row(.stored)])
        try FileManager.default.removeItem(at: report.folder.appending(path: "report.html"))
        let obstacle = report.folder.appending(path: "report.html/full")
        try FileManager.default.createDirectory(at: obstacle, withIntermediateDirectories: true)
        await #expect(throws: ReportError.self) { try await report.write([row(.stored), row(.stored)]) }
        #expect(try report.files == ["rejected.csv", "report.html", "results.csv"])
    }

    @Test func rowsThatAreNotThoseOfTheSummaryAreReported() async throws {
        let report = WrittenReport()
        let writer = try ReportWriter(directory: report.folder.path)
        let counted = summary(of: [row(.stored), row(.stored), row(.rejected, .imageFormat)])
        let error = await #expect(throws: ReportError.self) {
            try await writer.write(summary: counted, rows: Rows([row(.stored)])) { _ in nil }
        }
        #expect(error?.code == .rows)
        #expect(error?.message == "the report was given 1 stored rows, but the job counts 2")
        #expect(try report.files.isEmpty)
    }

    @Test func aFaultOfTheRowsIsPassedOnAndLeavesNothing() async throws {
        struct LedgerGone: Error {}
        let report = WrittenReport()
        let writer = try ReportWriter(directory: report.folder.path)
        let rows = AsyncThrowingStream<RowResult, any Error> { stream in
            stream.yield(row(.stored))
            stream.finish(throwing: LedgerGone())
        }
        await #expect(throws: LedgerGone.self) {
            try await writer.write(summary: summary(of: [row(.stored)]), rows: rows) { _ in nil }
        }
        #expect(try report.files.isEmpty)
    }

    @Test func ofTwentyThousandRowsAllStandInTheTableAndThePageStaysBounded() async throws {
        let reasons = Reason.allCases
        let rows = (0..<20_000).map { number in
            number % 4 == 0
                ? row(.rejected, reasons[number % reasons.count], imgID: "E-\(number)")
                : row(.stored, imgID: "E-\(number)")
        }
        let report = WrittenReport()
        try await report.write(rows) { _ in thumbnail }
        #expect(try report.text("results.csv").utf8.count(where: { $0 == UInt8(ascii: "\n") }) == 20_001)
        #expect(try report.text("report.html").utf8.count < 4_000_000)
    }
}
