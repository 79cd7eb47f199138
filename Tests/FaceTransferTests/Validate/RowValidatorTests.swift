// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceTransfer
import Testing

@testable import FaceSources

@Suite struct RowValidatorTests {
    private static func named(_ stem: String) -> ScannedRow {
        ScannedRow(key: "k", source: "s", values: .fileName(stem: stem), photo: nil)
    }

    private static func row(id: String? = "E-1", _ cells: RowCells) -> ScannedRow {
        ScannedRow(key: "line 2", source: "s", line: 2, imgID: id, values: .cells(cells), photo: nil)
    }

    private static func valid(_ row: ScannedRow) throws -> ValidRow { try RowValidator().validate(row).get() }

    private static func invalid(_ row: ScannedRow) throws -> InvalidRow {
        switch RowValidator().validate(row) {
        case .success: throw Unexpected()
        case .failure(let invalid): return invalid
        }
    }

    private struct Unexpected: Error {}

    @Test func aBatchFileNameIsReadExactly() throws {
        let valid = try Self.valid(Self.named("zhangsan_asdqwe12345_32011111_0_23_beijing"))
        #expect(valid.id?.text == "asdqwe12345")
        let expected = PersonAttributes(
            name: "zhangsan",
            identity: "32011111",
            gender: .female,
            age: 23,
            address: "beijing"
        )
        #expect(valid.attributes == expected)
        #expect(valid.warnings.isEmpty)
    }

    @Test func aHashIsEmptyInAFileNameAndATextInACell() throws {
        let named = try Self.valid(Self.named("#_#_#_#_#_#"))
        #expect(named.id == nil && named.attributes == PersonAttributes())
        let cells = try Self.valid(Self.row(id: "#", RowCells(name: "#", identity: "#", address: "#")))
        #expect(cells.id == nil)
        #expect(cells.attributes == PersonAttributes(name: "#", identity: "#", address: "#"))
    }

    @Test(arguments: [
        (" Ann \t", "Ann"), ("Ann\r\n\tBe", "Ann Be"), ("A\u{0}n\u{7F}n\u{9B}", "Ann"), ("\u{3000}王 小明\u{A0}", "王 小明"),
        ("Rene\u{301}", "Ren\u{E9}"), ("\u{FEFF}Ann", "Ann"), ("\n", ""), ("Ann\u{2028}Be", "Ann Be"), ("", ""),
        ("각", "각"), ("\u{1100}\u{1161}", "\u{AC00}"),
    ])
    func valuesAreTrimmedComposedAndFreeOfControlCharacters(text: String, clean: String) throws {
        let valid = try Self.valid(Self.row(RowCells(name: text, identity: text, address: text)))
        for value in [valid.attributes.name, valid.attributes.identity, valid.attributes.address] {
            #expect(Array(value.unicodeScalars) == Array(clean.unicodeScalars))
        }
    }

    @Test(arguments: [
        ("0", Gender.female), (" F ", .female), ("Female", .female), ("女", .female), ("1", .male), ("m", .male),
        ("MALE", .male), ("男", .male), ("", nil), (" ", nil),
    ])
    func gendersAreReadAsSpreadsheetsWriteThem(text: String, gender: Gender?) throws {
        #expect(try Self.valid(Self.row(RowCells(gender: text))).attributes.gender == gender)
    }

    @Test(arguments: [("0", 0), (" 999 ", 999), ("", nil)]) func agesAreRead(text: String, age: Int?) throws {
        #expect(try Self.valid(Self.row(RowCells(age: text))).attributes.age == age)
    }

    @Test(arguments: [nil, "", "  ", "#"] as [String?]) func anEmptyIDIsLeftToBeDerived(id: String?) throws {
        #expect(try Self.valid(Self.row(id: id, RowCells(name: "Ann"))).id == nil)
    }

    @Test(arguments: [
        ("Ann", Reason.nameFields, "", ""), ("Ann_E-1_#_0_31", .nameFields, "", ""),
        ("Ann_ _#_0_31_Oslo", .nameFields, "", ""), ("Ann_E-1_#_0_31_Oslo_N", .nameSeparator, "", ""),
        ("Ann_E-1_#_2_31_Oslo", .genderValue, "E-1", "Ann"), ("Ann_E-1_#_0_1000_Oslo", .ageRange, "E-1", "Ann"),
        ("#_é_#_0_31_Oslo", .imgIDCharacters, "é", ""),
        (
            "Ann_\(String(repeating: "x", count: 49))_#_0_31_Oslo", .imgIDLength, String(repeating: "x", count: 49),
            "Ann"
        ),
    ])
    func aFileNameOutsideTheGrammarIsRejected(stem: String, reason: Reason, id: String, name: String) throws {
        let invalid = try Self.invalid(Self.named(stem))
        #expect(invalid.reasons.map(\.reason) == [reason] && invalid.imgID == id && invalid.name == name)
    }

    @Test(arguments: [
        ("E_1", RowCells(name: "Ann"), Reason.imgIDCharacters),
        ("E-1", RowCells(name: "Ann", gender: "#"), .genderValue),
        ("E-1", RowCells(name: "Ann", gender: "2"), .genderValue),
        ("E-1", RowCells(name: "Ann", age: "1000"), .ageRange), ("E-1", RowCells(name: "Ann", age: "31.5"), .ageRange),
        ("E-1", RowCells(name: "Ann", identity: String(repeating: "x", count: 257)), .attributeLength),
        ("E-1", RowCells(name: "Ann", address: String(repeating: "街", count: 257)), .attributeLength),
    ])
    func aCellOutsideTheLimitsIsRejected(id: String, cells: RowCells, reason: Reason) throws {
        let invalid = try Self.invalid(Self.row(id: id, cells))
        #expect(invalid.reasons.map(\.reason) == [reason] && invalid.imgID == id && invalid.name == "Ann")
    }

    @Test func allFaultsOfARowAreFoundAtOnce() throws {
        let long = String(repeating: "x", count: 300)
        let cells = RowCells(name: "Be, Ann", identity: "******", gender: "x", age: "y", address: long)
        let expected: [Reason] = [
            .imgIDCharacters, .attributeMasked, .genderValue, .ageRange, .attributeLength, .attributeComma,
        ]
        #expect(try Self.invalid(Self.row(id: "E 1", cells)).reasons.map(\.reason) == expected)
        let named = try Self.invalid(Self.named("Be, Ann_E 1_******_x_y_\(long)"))
        #expect(named.reasons.map(\.reason) == expected)
        #expect(named.imgID == "E 1" && named.name == "Be, Ann")
    }

    @Test(arguments: [Reason.nameSeparator, .nameFields]) func aRowThatWasTornApartIsNotBlamedForItsValues(
        _ reason: Reason
    ) throws {
        var row = Self.row(id: "Oslo, Norway", RowCells(name: "E-1", gender: "Ann", age: "0"))
        row.rejection = Rejection(reason)
        #expect(try Self.invalid(row).reasons == [Rejection(reason)])
    }

    @Test func whatIsNoPictureIsNotBlamedForItsName() throws {
        var row = Self.named("holiday")
        row.rejection = Rejection(.imageFormat)
        #expect(try Self.invalid(row).reasons.map(\.reason) == [.imageFormat])
        row = Self.named("Ann_E-1_#_x_31_Oslo")
        row.rejection = Rejection(.imageFormat)
        #expect(try Self.invalid(row).reasons.map(\.reason) == [.imageFormat, .genderValue])
    }

    @Test func aRowThatIsRejectedAlreadyStaysSo() throws {
        var row = Self.row(id: " E-1 ", RowCells(name: "Ann\n", age: "x"))
        row.rejection = Rejection(.sourceMissingPhoto, "there is no such file")
        let invalid = try Self.invalid(row)
        #expect(invalid.reasons.first == row.rejection && invalid.imgID == "E-1" && invalid.name == "Ann")
        #expect(invalid.row == row)
    }

    @Test(arguments: [
        (RowCells(name: String(repeating: "王", count: 64), address: String(repeating: "x", count: 128)), [String]()),
        (
            RowCells(name: String(repeating: "王", count: 65)),
            ["the name has 65 characters, devices are known to take 64"]
        ),
        (
            RowCells(identity: String(repeating: "1", count: 256)),
            ["the identity code has 256 characters, devices are known to take 64"]
        ),
        (
            RowCells(address: String(repeating: "x", count: 128) + ","),
            ["the address has 129 characters, devices are known to take 128", "the address holds a comma"]
        ),
        (RowCells(name: "Be, Ann", address: "Oslo，N"), ["the name holds a comma"]),
    ])
    func longValuesAndCommasAreWarnedAboutWithoutTheValue(cells: RowCells, details: [String]) throws {
        let warnings = try Self.valid(Self.row(cells)).warnings
        #expect(warnings.map(\.detail) == details)
        #expect(warnings.map(\.reason) == details.map { $0.hasSuffix("comma") ? .attributeComma : .attributeLength })
    }

    @Test func aDerivedIDIsTheBeginningOfTheSHA256() throws {
        let id = PortraitID.derived(from: Array("abc".utf8))
        #expect(id.text == "ba7816bf8f01cfea414140de5dae2223b00361a3")
        #expect(try PortraitID(id.text) == id)
    }
}
