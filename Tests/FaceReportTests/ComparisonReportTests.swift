// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceReport
import Foundation
import Testing

@Suite(.timeLimit(.minutes(20))) struct ComparisonReportTests {
    private static func portrait(
        _ mark: ComparisonMark,
        id: String = "E-17",
        name: String = "Ann",
        line: Int? = nil,
        detail: String = "",
        reason: Reason? = nil
    ) -> ComparedPortrait {
        ComparedPortrait(
            mark: mark,
            imgID: id,
            name: name,
            source: "hq:Staff/E-17",
            line: line,
            detail: detail,
            reason: reason
        )
    }

    private func summary(_ marks: [ComparisonMark: Int]) -> ComparisonSummary {
        var summary = ComparisonSummary(first: "hq:Staff", second: "b1:Staff")
        (summary.marks, summary.seconds) = (marks, 3.2)
        return summary
    }

    @Test(arguments: [
        (portrait(.same), "= E-17  Ann"), (portrait(.onlyInFirst), "+ E-17  Ann"),
        (portrait(.onlyInSecond), "- E-17  Ann"),
        (portrait(.different, detail: "name, picture"), "* E-17  Ann  name, picture"),
        (portrait(.unreadable, detail: "no such portrait"), "! E-17  Ann  no such portrait"),
        (portrait(.same, name: ""), "= E-17"),
        (portrait(.unreadable, id: "", name: "", detail: "bad"), "! hq:Staff/E-17  bad"),
        (portrait(.unreadable, id: "", line: 12, detail: "bad"), "! hq:Staff/E-17, line 12  Ann  bad"),
    ])
    func aPortraitIsALineForPeople(portrait: ComparedPortrait, line: String) {
        #expect(ComparisonReport.text(portrait) == line)
    }

    @Test func theNumbersNameWhichLibraryHasWhat() {
        #expect(
            ComparisonReport.text(
                summary([.same: 198, .onlyInFirst: 1, .onlyInSecond: 2, .different: 3, .unreadable: 4])
            ).hasPrefix(
                "208 portraits: 198 = the same, 1 + only in hq:Staff, 2 - only in b1:Staff, 3 * different, "
                    + "4 ! could not be read in "
            )
        )
        #expect(ComparisonReport.text(summary([.same: 1])).hasPrefix("1 portrait: 1 = the same in "))
        #expect(ComparisonReport.text(summary([:])).hasPrefix("0 portraits in "))
    }

    @Test func aPortraitHasTheKeysOfARow() {
        let unreadable = Self.portrait(.unreadable, line: 12, detail: "the \"address\"", reason: .attributeMasked)
        #expect(
            ComparisonReport.json(unreadable) == #"{"type":"row","source":"hq:Staff/E-17","line":12,"img_id":"E-17","#
                + #""name":"Ann","outcome":"!","reason":"attribute.masked","detail":"the \"address\"","hint":""#
                + Reason.attributeMasked.advice + #"","device_code":null,"reasons":[{"reason":"attribute.masked","#
                + #""detail":"the \"address\"","hint":""# + Reason.attributeMasked.advice + #"","device_code":null}]}"#
        )
        #expect(ComparisonReport.json(Self.portrait(.same)).hasSuffix(#""hint":"","device_code":null,"reasons":[]}"#))
        #expect(ComparisonReport.json(Self.portrait(.same)).contains(#""line":null,"#))
    }

    @Test func theNumbersHaveTheKeysOfASummaryAndEveryMark() {
        #expect(
            ComparisonReport.json(summary([.same: 198, .different: 2]), report: "out/")
                == #"{"type":"summary","job":null,"command":"compare","source":"hq:Staff","target":"b1:Staff","#
                + #""total":200,"outcomes":{"=":198,"+":0,"-":0,"*":2,"!":0},"seconds":3.2,"report":"out/"}"#
        )
        #expect(ComparisonReport.json(summary([:]), report: nil).hasSuffix(#""report":null}"#))
    }

    @Test(arguments: ["quote \" back\\slash", "tab\tnewline\nreturn\r", "\u{0}\u{1B}[31m", "张 é 👩‍🦰", ""])
    func anyTextComesBackAndStaysOnOneLine(text: String) throws {
        let portrait = Self.portrait(.different, id: text, name: text, detail: text)
        let line = ComparisonReport.json(portrait)
        #expect(!line.contains { $0.isNewline })
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        for key in ["img_id", "name", "detail"] { #expect(object?[key] as? String == text) }
    }

    // MARK: Files

    private func folder() -> URL {
        FileManager.default.temporaryDirectory.appending(path: "comparison-\(UUID().uuidString)")
    }

    private func names(_ folder: URL) throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    }

    @Test func theFilesHaveEveryPortraitUnderTheColumnsOfAReport() throws {
        let folder = folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let writer = try ComparisonWriter(directory: folder.path)
        try writer.add(Self.portrait(.different, name: "a,\"b\"", line: 3, detail: "name, picture"))
        try writer.add(Self.portrait(.unreadable, detail: "gone", reason: .portraitMissing))
        try writer.finish(summary([.different: 1, .unreadable: 1]))
        let text = String(decoding: try Data(contentsOf: folder.appending(path: "results.csv")), as: UTF8.self)
        #expect(text.utf8.starts(with: [0xEF, 0xBB, 0xBF]))
        let lines = records(ofCSV: String(text.unicodeScalars.dropFirst()))
        #expect(
            lines == [
                ["source", "line", "img_id", "name", "outcome", "reason", "detail", "hint", "device_code"],
                ["hq:Staff/E-17", "3", "E-17", "a,\"b\"", "*", "", "name, picture", "", ""],
                [
                    "hq:Staff/E-17", "", "E-17", "Ann", "!", "portrait.missing", "gone", Reason.portraitMissing.advice,
                    "",
                ],
            ]
        )
        let numbers = try String(contentsOf: folder.appending(path: "summary.json"), encoding: .utf8)
        #expect(numbers == ComparisonReport.json(summary([.different: 1, .unreadable: 1]), report: folder.path) + "\n")
        #expect(try names(folder) == ["results.csv", "summary.json"])
        for name in try names(folder) {
            let attributes = try FileManager.default.attributesOfItem(atPath: folder.appending(path: name).path)
            #expect(attributes[.posixPermissions] as? Int == 0o600)
        }
    }

    @Test func untilItIsWholeAReportHasNoNameAndAnOldOneStays() throws {
        let folder = folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let first = try ComparisonWriter(directory: folder.path)
        try first.add(Self.portrait(.same, name: "Old"))
        try first.finish(summary([.same: 1]))
        let old = try Data(contentsOf: folder.appending(path: "results.csv"))
        do {
            let second = try ComparisonWriter(directory: folder.path)
            try second.add(Self.portrait(.same, name: "New"))
            #expect(try Data(contentsOf: folder.appending(path: "results.csv")) == old)
        }
        // Given up, it leaves nothing behind.
        #expect(try names(folder) == ["results.csv", "summary.json"])
        #expect(try Data(contentsOf: folder.appending(path: "results.csv")) == old)
    }

    @Test(arguments: ["", "/proc/facelib-report", "/dev/null/report"])
    func aFolderThatCannotBeWrittenToIsRefusedAtOnce(path: String) {
        let error = #expect(throws: ReportError.self) { _ = try ComparisonWriter(directory: path) }
        #expect(error?.code == .folder)
    }
}
