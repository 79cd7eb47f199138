// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Testing

@Suite struct OneLineTests {
    @Test(arguments: [
        ("sound text, 王小明", "sound text, 王小明"), ("a\r\n\tb\u{2028}c\u{85}d", "a b c d"),
        ("\u{1B}[31mred\u{9B}0m", "\u{FFFD}[31mred\u{FFFD}0m"), ("nul\0", "nul\u{FFFD}"),
        ("gpj.\u{202E}exe\u{2066}\u{2069}\u{200F}", "gpj.\u{FFFD}exe\u{FFFD}\u{FFFD}\u{FFFD}"),
    ])
    func aDetailIsOneLineWithoutControlCharacters(text: String, line: String) {
        #expect(Rejection(.deviceRefused, text).detail == line)
    }

    @Test func aDetailHasABoundAndKeepsItsBeginningAndItsEnd() {
        let detail = Rejection(.imgIDCharacters, "img_id \"\(String(repeating: "王\n", count: 200_000))\" is wrong")
            .detail
        #expect(detail.unicodeScalars.count <= Rejection.longestDetail)
        #expect(detail.hasPrefix("img_id \"王 王") && detail.contains("…") && detail.hasSuffix("\" is wrong"))
        let longest = String(repeating: "x", count: Rejection.longestDetail)
        #expect(Rejection(.imgIDCharacters, longest).detail == longest)
    }

    @Test(arguments: [
        ("nmae", "name", true), ("names", "name", true), ("gendre", "gender", true), ("adress", "address", true),
        ("title", "file", false), ("date", "age", false), ("role", "name", false), ("nr", "id", false),
    ])
    func aSlipOfTheHandIsTold(text: String, name: String, isSlip: Bool) {
        #expect(Nearest.isSlip(text, of: name) == isSlip)
    }
}
