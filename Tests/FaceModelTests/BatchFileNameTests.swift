// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Testing

@Suite struct BatchFileNameTests {
    @Test func everyPartOfAFullNameIsRead() throws {
        let name = try BatchFileName(stem: "zhangsan_asdqwe12345_32011111_0_23_beijing")
        #expect(name.imgID == "asdqwe12345")
        #expect(
            name.attributes
                == PersonAttributes(
                    name: "zhangsan",
                    identity: "32011111",
                    gender: .female,
                    age: 23,
                    address: "beijing"
                )
        )
    }

    @Test func aHashIsAnEmptyValue() throws {
        let name = try BatchFileName(stem: "#_#_#_#_#_#")
        #expect(name.imgID == nil)
        #expect(name.attributes == PersonAttributes())
    }

    @Test(arguments: [
        ("Ann", Reason.nameFields), ("Ann_E-17_#_0_31", .nameFields), ("Ann_E-17__0_31_Oslo", .nameFields),
        ("Ann_E-17_#_0_31_Oslo_Norway", .nameSeparator), ("Ann_E-17_#_2_31_Oslo", .genderValue),
        ("Ann_E-17_#_0_1000_Oslo", .ageRange), ("Ann_E-17_#_0_-1_Oslo", .ageRange),
        ("Ann_E-17_#_0_thirty_Oslo", .ageRange),
    ])
    func aNameOutsideTheGrammarIsRejected(stem: String, reason: Reason) {
        let rejection = #expect(throws: Rejection.self) { try BatchFileName(stem: stem) }
        #expect(rejection?.reason == reason)
    }

    @Test func writingAndReadingAreInverse() throws {
        let attributes = PersonAttributes(
            name: "王 小明",
            identity: "130182",
            gender: .male,
            age: 0,
            address: "5.4 Main St."
        )
        let id = try PortraitID("E-17")
        let text = try #require(BatchFileName.text(id: id, attributes: attributes, fileExtension: "jpg"))
        #expect(text == "王 小明_E-17_130182_1_0_5.4 Main St..jpg")
        let back = try BatchFileName(stem: String(text.dropLast(4)))
        #expect(back.imgID == "E-17")
        #expect(back.attributes == attributes)
    }

    @Test(arguments: ["a_b", "#", "a/b", "a\\b", "say \"hi\"", "line\nbreak", String(repeating: "王", count: 90)])
    func aValueThatAFileNameCannotHoldGivesNoName(value: String) throws {
        let id = try PortraitID("E-17")
        #expect(BatchFileName.text(id: id, attributes: PersonAttributes(name: value), fileExtension: "jpg") == nil)
    }
}
