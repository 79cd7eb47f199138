// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceReport
import Foundation
import Testing

@Suite(.timeLimit(.minutes(20))) struct HTMLReportTests {
    private static let hostile = "<script>alert('x')</script>\"><img src=x onerror=\"y\">&amp;\u{0}"

    private func page(
        _ rows: [RowResult],
        command: String = "import",
        picture: @escaping @Sendable (RowResult) async -> [UInt8]? = { _ in nil }
    ) async throws -> String {
        let report = WrittenReport()
        try await report.write(rows, command: command, picture: picture)
        return try report.text("report.html")
    }

    @Test(arguments: [
        (Outcome.rejected, Reason.imageFormat), (.failed, .deviceUnreachable), (.duplicate, .imgIDRepeated),
        (.stored, .imageRepeated),
    ])
    func textOfStrangersIsOnlyText(outcome: Outcome, reason: Reason) async throws {
        let rows = [
            row(outcome, reason, source: Self.hostile, imgID: Self.hostile, name: Self.hostile, detail: Self.hostile)
        ]
        let page = try await page(rows) { _ in thumbnail }
        let harmless =
            "&lt;script&gt;alert(&#39;x&#39;)&lt;/script&gt;&quot;&gt;&lt;img src=x onerror=&quot;y&quot;&gt;&amp;amp;\u{FFFD}"
        #expect(!page.contains("<script"))
        #expect(!page.contains("<img src=x"))
        #expect(!page.unicodeScalars.contains("\u{0}"))
        #expect(page.components(separatedBy: "<bdi>\(harmless)</bdi>").count - 1 == 4)
    }

    @Test func whatWasTypedAndTheJobAreOnlyTextToo() async throws {
        let report = WrittenReport()
        let writer = try ReportWriter(directory: report.folder.path)
        let numbers = JobSummary(
            job: Self.hostile,
            command: Self.hostile,
            source: Self.hostile,
            target: Self.hostile,
            directory: Self.hostile,
            outcomes: [:],
            seconds: 0
        )
        try await writer.write(summary: numbers, rows: Rows([])) { _ in nil }
        let page = try report.text("report.html")
        #expect(!page.contains("<script"))
        #expect(!page.contains("<img"))
    }

    @Test func thePageNeedsNothingFromElsewhereAndForbidsScripts() async throws {
        let rows = Reason.allCases.flatMap { [row(.rejected, $0), row(.failed, $0), row(.stored, $0)] }
        let page = try await page(rows) { _ in thumbnail }
        for forbidden in ["http://", "https://", "<script", "javascript:", "url(", "@import", "<link", "<iframe"] {
            #expect(!page.contains(forbidden), "\(forbidden)")
        }
        #expect(page.contains("http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; img-src data:;"))
        #expect(!page.contains("script-src"))
    }

    @Test func aReasonIsExplainedOnceAboveItsRows() async throws {
        let rows = (0..<3).map { row(.rejected, .imageTruncated, imgID: "E-\($0)", detail: "cut at \($0) KB") }
        let page = try await page(rows + [row(.rejected, .faceNone, deviceCode: -1101), row(.stored)])
        #expect(page.components(separatedBy: Reason.imageTruncated.advice).count - 1 == 1)
        #expect(page.contains("id=\"rejected-image.truncated\""))
        for number in 0..<3 { #expect(page.contains("cut at \(number) KB")) }
        #expect(page.contains("device code -1101"))
        #expect(page.contains("<h1>4 of 5 rows did not go through</h1>"))
        #expect(page.contains("2026-11-22 10:15"))
    }

    @Test func theHeadingSaysWhatARehearsalWouldDo() async throws {
        let check = try await page([row(.ready), row(.rejected, .imageFormat)], command: "check")
        #expect(check.contains("<h1>1 of 2 rows would not go through</h1>"))
        #expect(try await page([row(.ready)], command: "check").contains("<h1>The only row would go through</h1>"))
        #expect(try await page([row(.stored), row(.updated)]).contains("<h1>All 2 rows went through</h1>"))
        #expect(try await page([]).contains("<h1>The source has no rows</h1>"))
    }

    @Test func picturesAreShownOnlyWhereTheyArePicturesOfRejectedPhotos() async throws {
        let rows = [
            row(.rejected, .qualityDark, imgID: "jpeg"), row(.rejected, .qualityDark, imgID: "png"),
            row(.rejected, .qualityDark, imgID: "gif"), row(.rejected, .qualityDark, imgID: "huge"),
            row(.rejected, .qualityDark, imgID: "none"), row(.failed, .deviceUnreachable, imgID: "jpeg"),
        ]
        let page = try await page(rows) { row in
            switch row.imgID {
            case "jpeg": thumbnail
            case "png": [0x89, 0x50, 0x4E, 0x47, 1, 2]
            case "gif": Array("GIF89a".utf8)
            case "huge": thumbnail + Array(repeating: 0, count: 1 << 16)
            default: nil
            }
        }
        let encoded = Data(thumbnail).base64EncodedString()
        #expect(page.components(separatedBy: "src=\"data:image/jpeg;base64,\(encoded)\"").count - 1 == 1)
        #expect(page.contains("src=\"data:image/png;base64,iVBORwEC\""))
        #expect(page.components(separatedBy: "<img ").count - 1 == 2)
        #expect(page.components(separatedBy: "no picture</div>").count - 1 == 3)
    }

    @Test(arguments: 0..<7)
    func anyNumberOfBytesIsEncodedAsFoundationDoes(extra: Int) async throws {
        let bytes = thumbnail + (0..<extra).map { UInt8(250 + $0 % 6) }
        let page = try await page([row(.rejected, .qualityDark)]) { _ in bytes }
        #expect(page.contains("base64,\(Data(bytes).base64EncodedString())\""))
    }

    @Test func picturesAreSharedOutAmongTheReasonsUpToFiveHundred() async throws {
        let rows =
            (0..<900).map { row(.rejected, .qualityBlurred, imgID: "blurred-\($0)") }
            + (0..<30).map { row(.rejected, .qualityDark, imgID: "dark-\($0)") }
        let page = try await page(rows) { _ in thumbnail }
        #expect(page.components(separatedBy: "<img ").count - 1 == 500)
        #expect(page.contains("Pictures are shown for 470 of these 900 rows."))
        #expect(page.contains("blurred-899"))
    }

    @Test func picturesThatAreNotToBeHadTakeNothingFromTheOthers() async throws {
        let rows =
            (0..<600).map { row(.rejected, .sourceMissingPhoto, imgID: "missing-\($0)") }
            + (0..<700).map { row(.rejected, .qualityBlurred, imgID: $0 < 250 ? "gone-\($0)" : "blurred-\($0)") }
            + (0..<100).map { row(.rejected, .qualityDark, imgID: "dark-\($0)") }
        let page = try await page(rows) {
            $0.imgID.hasPrefix("blurred") || $0.imgID.hasPrefix("dark") ? thumbnail : nil
        }
        #expect(page.components(separatedBy: "<img ").count - 1 == 500)
        #expect(page.contains("Pictures are shown for 400 of these 700 rows."))
    }

    @Test func noMoreThanTwoThousandRowsAreListedAndALateReasonIsNotLost() async throws {
        let rows =
            (0..<5_000).map { row(.rejected, .qualityBlurred, imgID: "blurred-\($0)") }
            + (0..<40).map { row(.rejected, .qualityDark, imgID: "dark-\($0)") }
        let page = try await page(rows)
        #expect(page.contains("blurred-1999<"))
        #expect(!page.contains("blurred-2000<"))
        #expect(page.contains("3,000 rows more with this reason are in <a href=\"rejected.csv\">rejected.csv</a>."))
        #expect(page.contains("dark-24<"))
        #expect(!page.contains("dark-25<"))
        #expect(page.contains("15 rows more with this reason are in"))
        #expect(page.contains("5,040 of 5,040 rows did not go through"))
    }

    /// Text may break anywhere, since names and paths have no blanks; a number that does is another number.
    @Test func figuresNeverBreakIntoDigits() async throws {
        let page = try await page(Reason.allCases.map { row(.rejected, $0) })
        #expect(page.contains("overflow-wrap: anywhere"))
        #expect(page.contains(".tiles b, .tally, .glance .count { white-space: nowrap;"))
        for figure in ["<li><b>", "<span class=\"tally\">", "<td class=\"count\">"] { #expect(page.contains(figure)) }
    }

    @Test func rowsThatWentThroughRemarkedAreInAnotherFile() async throws {
        let page = try await page((0..<2_100).map { row(.stored, .attributeComma, imgID: "c-\($0)") })
        #expect(page.contains("100 rows more with this reason are in <a href=\"results.csv\">results.csv</a>."))
    }
}
