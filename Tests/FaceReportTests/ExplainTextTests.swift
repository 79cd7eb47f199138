// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceReport
import Testing

@Suite struct ExplainTextTests {
    @Test func aReasonIsExplainedWithItsDeviceCodes() {
        #expect(
            ExplainText.text(for: .imgIDTaken) == """
                img-id.taken

                  What it means    The device already has another portrait under this img_id.
                  What to do       Run again with --update if the new portrait is to take its place, or give another img_id.
                  Device codes     -116, -1100
                """
        )
    }

    @Test(arguments: [
        (Reason.imgIDLength, "-2754"), (.libraryMissing, "-117, -1105, -1108"),
        (.deviceRefused, "every code that has no reason of its own"),
    ])
    func theCodesAreThoseThatTheDeviceSends(reason: Reason, codes: String) {
        #expect(ExplainText.text(for: reason).hasSuffix("Device codes     \(codes)"))
    }

    @Test func aReasonThatNoDeviceGivesHasNoCodes() {
        #expect(!ExplainText.text(for: .imageBomb).contains("Device"))
    }

    @Test func theListHasEveryReasonOnALine() {
        let lines = ExplainText.list.split(separator: "\n")
        #expect(lines.count == Reason.allCases.count)
        for (line, reason) in zip(lines, Reason.allCases) {
            #expect(line.hasPrefix(reason.rawValue + " "))
            #expect(line.hasSuffix("  " + reason.meaning))
        }
    }
}
