// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceReport
import Foundation
import Testing

@Suite struct JSONLineTests {
    @Test func aRowHasTheKeysOfTheDesignInTheirOrder() {
        let rejected = row(.rejected, .qualityBlurred, detail: "sharpness 9, at least 20")
        #expect(
            JSONLine.row(rejected) == #"{"type":"row","source":"new/Ann_E-17_#_0_31_Oslo.jpg","line":null,"#
                + #""img_id":"E-17","name":"Ann","outcome":"rejected","reason":"quality.blurred","#
                + #""detail":"sharpness 9, at least 20","#
                + #""hint":"Take the photo again, in focus and without movement.","device_code":null,"#
                + #""reasons":[{"reason":"quality.blurred","detail":"sharpness 9, at least 20","#
                + #""hint":"Take the photo again, in focus and without movement.","device_code":null}]}"#
        )
    }

    @Test func aRowOfASpreadsheetHasItsLineAndTheDeviceItsCode() {
        let refused = row(.failed, .deviceRefused, source: "a.jpg", line: 12, imgID: "", name: "", deviceCode: -3599)
        #expect(
            JSONLine.row(refused) == #"{"type":"row","source":"a.jpg","line":12,"img_id":"","name":"","#
                + #""outcome":"failed","reason":"device.refused","detail":"","#
                + #""hint":"See the device's code and text in the detail.","device_code":-3599,"#
                + #""reasons":[{"reason":"device.refused","detail":"","#
                + #""hint":"See the device's code and text in the detail.","device_code":-3599}]}"#
        )
    }

    @Test func aRowWithoutAReasonSaysNull() {
        #expect(
            JSONLine.row(row(.stored)).hasSuffix(
                #""reason":null,"detail":"","hint":"","device_code":null,"reasons":[]}"#
            )
        )
    }

    @Test func theSummaryHasTheKeysOfTheDesignInTheirOrder() {
        var numbers = summary(of: [])
        numbers.outcomes = [.stored: 181, .duplicate: 2, .rejected: 17]
        #expect(
            JSONLine.summary(numbers, report: "out/")
                == #"{"type":"summary","job":"20261122-101502-3f","command":"import","total":200,"#
                + #""outcomes":{"stored":181,"updated":0,"unchanged":0,"duplicate":2,"rejected":17,"failed":0,"#
                + #""removed":0},"seconds":3.2,"report":"out/"}"#
        )
    }

    @Test func onlyARehearsalCountsWhatIsReady() {
        let check = JSONLine.summary(summary(of: [], command: "check"), report: nil)
        #expect(check.contains(#""removed":0,"ready":0},"#))
        #expect(check.hasSuffix(#""report":null}"#))
        #expect(JSONLine.summary(summary(of: [row(.ready)]), report: nil).contains(#""ready":1}"#))
    }

    @Test(arguments: [
        (0.0, "0.0"), (3.2, "3.2"), (3.24, "3.24"), (0.0004, "0.0"), (12.3456, "12.346"), (1.999_9, "2.0"),
        (-1, "0.0"), (.infinity, "0.0"), (.nan, "0.0"), (86_400, "86400.0"),
    ])
    func secondsAreANumberWithOneToThreeDecimals(seconds: Double, text: String) {
        var numbers = summary(of: [])
        numbers.seconds = seconds
        #expect(JSONLine.summary(numbers, report: nil).contains("\"seconds\":\(text),"))
    }

    @Test(arguments: [
        "quote \" backslash \\ slash /", "tab\tnewline\nreturn\r", "\u{0}\u{1}\u{1F}\u{7F}\u{85}\u{9B}31m",
        "line \u{2028} paragraph \u{2029}", "安娜 Ærø é e\u{301} 👩‍🦰", "",
    ])
    func anyTextComesBackAndStaysOnOneLine(text: String) throws {
        let line = JSONLine.row(row(.rejected, .imageFormat, source: text, name: text, detail: text))
        #expect(!line.contains { $0.isNewline })
        let object = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
        for key in ["source", "name", "detail"] {
            #expect((object?[key] as? String)?.unicodeScalars.elementsEqual(text.unicodeScalars) == true)
        }
    }
}
