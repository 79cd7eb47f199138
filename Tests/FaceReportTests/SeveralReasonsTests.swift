// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceReport
import Foundation
import Testing

/// One reason hides no other, in whatever form a report is read.
@Suite(.timeLimit(.minutes(20))) struct SeveralReasonsTests {
    private static func faulty(_ imgID: String = "E-17") -> RowResult {
        var faulty = row(.rejected, .genderValue, imgID: imgID, detail: "gender \"x\" is not 0 or 1")
        faulty.further = [
            Rejection(.ageRange, "age \"1000\" is too much"), Rejection(.faceMany, "two <faces>", deviceCode: -1109),
            Rejection(.qualityBlurred),
        ]
        return faulty
    }

    private static let finding =
        "gender \"x\" is not 0 or 1; also age.range: age \"1000\" is too much; "
        + "also face.many: two <faces> (device code -1109); also quality.blurred"

    @Test func jsonHasAllOfThemAndTheGravestWhereItAlwaysWas() throws {
        let line = JSONLine.row(Self.faulty())
        let object = try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
        let reasons = try #require(object["reasons"] as? [[String: Any]])
        #expect(object["reason"] as? String == "gender.value")
        #expect(object["detail"] as? String == "gender \"x\" is not 0 or 1")
        #expect(
            reasons.compactMap { $0["reason"] as? String } == [
                "gender.value", "age.range", "face.many", "quality.blurred",
            ]
        )
        #expect(reasons.compactMap { $0["hint"] as? String }.last == Reason.qualityBlurred.advice)
        #expect(reasons.map { $0["device_code"] as? Int } == [nil, nil, -1109, nil])
        #expect(reasons.allSatisfy { Set($0.keys) == ["reason", "detail", "hint", "device_code"] })
        #expect(JSONLine.row(row(.stored)).hasSuffix(#""reasons":[]}"#))
    }

    @Test func aCSVSaysThemInTheDetailOfItsNineColumns() async throws {
        let report = WrittenReport()
        try await report.write([Self.faulty()])
        for file in ["results.csv", "rejected.csv"] {
            let lines = records(ofCSV: try report.text(file))
            #expect(lines.map(\.count) == [9, 9])
            #expect(lines[1][5...7] == ["gender.value", Self.finding, Reason.genderValue.advice])
        }
    }

    @Test func theTerminalSaysThemOnTheLineOfTheRowAndCountsThose() {
        var text = TextReport()
        let rows = (0..<9).map { Self.faulty("E-\($0)") } + [row(.rejected, .genderValue)]
        for row in rows { text.add(row) }
        let shown = text.text(summary: summary(of: rows))
        #expect(shown.contains("(E-0, Ann)  \(Self.finding)\n"))
        #expect(shown.contains("gender.value  10 "))
        #expect(shown.contains("\n    among these also: age.range 9, face.many 9, quality.blurred 9\n"))
    }

    @Test(arguments: [Outcome.rejected, .stored]) func thePageSaysEachWithItsAdvice(outcome: Outcome) async throws {
        var faulty = Self.faulty()
        faulty.outcome = outcome
        let report = WrittenReport()
        try await report.write([faulty, faulty])
        let page = try report.text("report.html")
        for found in faulty.further {
            #expect(page.contains("<li><code>\(found.reason.rawValue)</code>"))
            #expect(page.contains("<span class=\"hint\">\(found.reason.advice)</span></li>"))
        }
        #expect(page.contains("two &lt;faces&gt;</bdi> <span class=\"device\">device code -1109</span>"))
        #expect(page.contains("Among these also: <code>age.range</code> 2, <code>face.many</code> 2"))
    }
}
