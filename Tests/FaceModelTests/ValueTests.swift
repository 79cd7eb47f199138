// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Testing

@Suite struct ValueTests {
    @Test(arguments: ["a", "E-17", "test-3", String(repeating: "x", count: 48)])
    func anIDOfLettersDigitsAndHyphensIsTaken(text: String) throws {
        #expect(try PortraitID(text).text == text)
    }

    @Test(arguments: [
        ("", Reason.imgIDLength), (String(repeating: "x", count: 49), .imgIDLength), ("test_3", .imgIDCharacters),
        ("工号", .imgIDCharacters), ("a b", .imgIDCharacters), ("a,b", .imgIDCharacters),
    ])
    func anotherIDIsRejected(text: String, reason: Reason) {
        let rejection = #expect(throws: Rejection.self) { try PortraitID(text) }
        #expect(rejection?.reason == reason)
    }

    @Test func idsAreOrderedAndComparedByTheirBytes() {
        let texts = ["", "-", "E-1", "E-10", "E-2", "Z", "a", "e\u{301}", "z", "é", "\u{FFFF}", "\u{10000}"]
        let ids = texts.map(PortraitID.init(asListed:))
        for (left, right) in zip(ids, ids.dropFirst()) {
            #expect(left < right)
            #expect(!(right < left))
        }
        // Two spellings of one character: equal to Swift, not to SQLite.
        #expect(PortraitID(asListed: "e\u{301}") != PortraitID(asListed: "é"))
        #expect(Set(ids).count == texts.count)
        #expect(PortraitID(asListed: "E-1") == ids[2])
    }

    @Test(arguments: [
        ("0", Gender.female), ("F", .female), ("Female", .female), ("女", .female), ("1", .male), ("男", .male),
    ])
    func gendersAreReadAsSpreadsheetsWriteThem(text: String, gender: Gender) throws {
        #expect(try Gender(reading: text) == gender)
    }

    @Test(arguments: [
        ("******", true), ("*****", true), ("130****12", true), ("**", false), ("", false), ("a*b*c*", false),
    ])
    func aRunOfAsterisksIsAMask(value: String, masked: Bool) {
        #expect(Mask.covers(value) == masked)
    }

    @Test func aSecretNeverPrintsItself() {
        #expect("\(Secret("hunter2"))" == "••••")
        #expect(String(reflecting: Secret("hunter2")) == "••••")
    }

    @Test func everyReasonHasAMeaningAndAdvice() {
        for reason in Reason.allCases {
            #expect(reason.meaning.hasSuffix("."))
            #expect(reason.advice.hasSuffix("."))
        }
    }

    @Test(arguments: [
        (-2754, Reason.imgIDLength), (-1100, .imgIDTaken), (-116, .imgIDTaken), (-1104, .imageFormat),
        (-1110, .imageTooLarge), (-1102, .qualityLow), (-1101, .faceNone), (-1109, .faceMany), (-122, .libraryFull),
        (-117, .libraryMissing), (-1105, .libraryMissing), (-1108, .libraryMissing), (-3596, .deviceRefused),
    ])
    func theDevicesCodesMapToReasons(code: Int, reason: Reason) {
        #expect(Reason(deviceCode: code) == reason)
    }
}
