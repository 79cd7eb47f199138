// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceReport
import Testing

@Suite struct TextReportTests {
    private func text(_ rows: [RowResult], report: String? = nil, color: Bool = false) -> String {
        var text = TextReport()
        for row in rows { text.add(row) }
        return text.text(summary: summary(of: rows), report: report, color: color)
    }

    @Test func reasonsAreGroupedTheWorstFirstAndTheNumbersLast() {
        let rows = [
            row(.stored, imgID: "1"),
            row(.stored, .attributeComma, source: "people.csv", line: 9, imgID: "2", name: "Bo, Jr."),
            row(.duplicate, .imgIDRepeated, source: "b.jpg", detail: "the img_id of a.jpg"),
            row(.rejected, .imageTruncated, source: "c.jpg", imgID: "", name: "", detail: "data ends early"),
            row(.rejected, .faceNone, source: "d.jpg", name: "", deviceCode: -1101),
            row(.rejected, .faceNone, source: "e.jpg", imgID: "", name: "Eve", deviceCode: -1101),
        ]
        #expect(
            text(rows) == """
                ✗ face.none  2  The device finds no face in the picture.
                  → Use a photo that shows the face from the front, unobstructed.
                    d.jpg  (E-17)  device code -1101
                    e.jpg  (Eve)  device code -1101

                ✗ image.truncated  1  The picture is cut short or damaged.
                  → Copy the photo again from where it came from.
                    c.jpg  data ends early

                = img-id.repeated  1  An earlier row of the source has the same img_id.
                  → Remove one of the rows, or give one of them another img_id.
                    b.jpg  (E-17, Ann)  the img_id of a.jpg

                ~ attribute.comma  1  A value holds a comma, which breaks the device's own export.
                  → Nothing need be done; facelib exports such a portrait singly. Replace the comma if other tools export.
                    people.csv, line 9  (2, Bo, Jr.)

                6 rows: 2 stored, 1 duplicate, 3 rejected in 3.2 s
                """
        )
    }

    @Test func nothingButTheNumbersIsSaidWhenAllWentThrough() {
        #expect(text([row(.stored)]) == "1 row: 1 stored in 3.2 s")
        #expect(text([]) == "0 rows in 3.2 s")
    }

    @Test(arguments: [
        (3.2, "3.2 s"), (59.94, "59.9 s"), (59.96, "1 min 0 s"), (125.4, "2 min 5 s"), (3_599.7, "1 h 0 min"),
        (7_380, "2 h 3 min"),
    ])
    func aLongJobIsTimedInMinutesAndHours(seconds: Double, time: String) {
        var numbers = summary(of: [row(.ready)])
        numbers.seconds = seconds
        #expect(TextReport.numbers(numbers) == "1 row: 1 ready in \(time)")
    }

    @Test func fiveRowsOfAReasonAreShownAndTheOthersCounted() {
        let rows = (0..<17).map { row(.rejected, .imageFormat, source: "\($0).jpg") }
        let shown = text(rows, report: "out")
        #expect(shown.contains("\n    4.jpg"))
        #expect(!shown.contains("\n    5.jpg"))
        #expect(shown.contains("\n    … and 12 more (see out/rejected.csv)\n"))
        #expect(text(rows).contains("\n    … and 12 more (--report DIR lists all)\n"))
        #expect(
            text(
                rows.map { row in
                    var row = row; row.outcome = .stored; return row
                },
                report: "out/"
            )
            .contains("(see out/results.csv)")
        )
    }

    @Test func aSixthRowIsShownRatherThanCounted() {
        let shown = text((0..<6).map { row(.rejected, .imageFormat, source: "\($0).jpg") })
        #expect(shown.contains("5.jpg"))
        #expect(!shown.contains("more"))
    }

    @Test func namesCannotCommandTheTerminal() {
        let evil = "a\u{1B}]0;x\u{7}\u{9B}2J\r\n\u{202E}b安"
        let shown = text([row(.rejected, .imageFormat, source: evil, imgID: "", name: evil, detail: evil)])
        #expect(shown.contains("    a�]0;x��2J���b安  (a�]0;x��2J���b安)  a�]0;x��2J���b安\n"))
    }

    @Test func coloursAreUsedOnlyWhenAskedFor() {
        let rows = [row(.rejected, .imageFormat)]
        #expect(!text(rows).contains("\u{1B}"))
        #expect(text(rows, color: true).hasPrefix("\u{1B}[31m✗\u{1B}[0m \u{1B}[1mimage.format\u{1B}[0m  1  "))
    }
}
