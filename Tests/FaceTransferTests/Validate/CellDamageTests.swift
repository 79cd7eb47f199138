// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceTransfer
import Testing

@testable import FaceSources

@Suite struct CellDamageTests {
    private static func rejection(id: String = "E-1", _ cells: RowCells) -> Rejection? {
        let row = ScannedRow(key: "line 2", source: "s", line: 2, imgID: id, values: .cells(cells), photo: nil)
        guard case .failure(let invalid) = RowValidator().validate(row) else { return nil }
        return invalid.reasons.first
    }

    @Test(arguments: [
        "1.10101E+17", "1,10101E+17", "1.10105198003071E+017", "1.1e+17", "1.10105198003071E17", "11.0105E+16",
        "1E+05", "1.5E-05", "#REF!", "#BEZUG!", "#NAME?", "#NOM?", "#¿NOMBRE?", "#¡REF!", "#VALUE!", "#WERT!",
        "#DIV/0!", "#N/A", "#NV", "#N/D", "#Н/Д", "#ССЫЛКА!", "#DĚLENÍ_NULOU!", "#SPILL!", "##", "########", "Err:502",
        "Fehler:508", "Err :508", "TRUE", "FALSCH", "NULL", "(null)", "NaN", "=A2&B2", "=VLOOKUP(A2;B:C;2)", "=\"0012",
    ])
    func whatASpreadsheetMadeOfAValueIsRefusedInEveryColumn(text: String) {
        let rejections = [
            Self.rejection(id: text, RowCells(name: "Ann")), Self.rejection(RowCells(name: text)),
            Self.rejection(RowCells(identity: " \(text) ")), Self.rejection(RowCells(gender: text)),
            Self.rejection(RowCells(age: text)), Self.rejection(RowCells(address: text)),
        ]
        #expect(rejections.map(\.?.reason) == Array(repeating: .cellDamaged, count: 6))
        // The identity code and the address are private.
        #expect(rejections[2]?.detail.contains(text) == false && rejections[5]?.detail.contains(text) == false)
    }

    @Test(arguments: [
        "03-Jan", "3-Jan", "Jan-03", "1-Mrz", "01. Mrz", "Dez 24", "3月1日", "2024-Jan", "1-janv.", "84120477.0",
        // A valid number whose last three digits were 233.
        "110105198003071000",
    ])
    func valuesThatBecameADateOrWereRoundedAreRefused(text: String) {
        #expect(Self.rejection(id: text, RowCells(name: "Ann"))?.reason == .cellDamaged)
        #expect(Self.rejection(RowCells(identity: text))?.reason == .cellDamaged)
        #expect(Self.rejection(RowCells(name: text))?.reason == .cellDamaged)
        #expect(Self.rejection(RowCells(address: text)) == nil)
    }

    @Test(arguments: ["03-Jan", "TRUE", "1.1E+17", "110105198003071000"]) func aDamagedIDIsNobodys(id: String) {
        let row = ScannedRow(key: "k", source: "s", imgID: id, values: .cells(RowCells(name: "Ann")), photo: nil)
        guard case .failure(let invalid) = RowValidator().validate(row) else {
            Issue.record("it was taken")
            return
        }
        #expect(
            invalid.imgID == "" && invalid.name == "Ann" && invalid.reasons.first?.detail.contains("\"\(id)\"") == true
        )
    }

    @Test(arguments: [
        "1E-17", "12E4", "E-17", "MAR-01", "2026-01", "110105198003071233", "42", "00042", "1E5", "JAN", "TRUEMAN",
        // Ends with 000, and its check character agrees.
        "110105200001070000", "000000000000000000", "123456789012345000",
    ])
    func whatMayBeSomebodysOwnCodeIsTaken(text: String) {
        #expect(Self.rejection(id: text, RowCells(name: "Ann", identity: text)) == nil)
    }

    @Test(arguments: [
        "#", "#1", "Ann #2", "Jan 2", "O'Neil", "True", "Null", "Nan", "Apartment #5!", "Jan-Erik", "5 Euro",
    ])
    func namesAndAddressesMayHoldSuchCharacters(text: String) {
        #expect(Self.rejection(RowCells(name: text, address: text)) == nil)
    }

    @Test func exactValuesAreTakenAsTheyStand() {
        #expect(Self.rejection(id: "03-Jan", RowCells(name: "#REF!", identity: "1.1E+17", isExact: true)) == nil)
    }

    @Test func aFileNameIsMadeFromDamagedCellsToo() {
        let row = ScannedRow(
            key: "k",
            source: "s",
            values: .fileName(stem: "Ann_E-1_1.10101E+17_0_31_Oslo"),
            photo: nil
        )
        guard case .failure(let invalid) = RowValidator().validate(row) else {
            Issue.record("it was taken")
            return
        }
        #expect(invalid.reasons.first?.reason == .cellDamaged)
    }

    @Test(arguments: [
        ("\"=\"\"00123\"\"\"", "00123"), ("=\"00123\"", "00123"), ("'00124", "00124"), (" '00125 ", "00125"),
        ("’00127", "00127"), ("`00128", "00128"),
        ("\"=\"\"\"\"00126\"\"\"\"\"", "00126"), ("=\"\"", nil), ("'", nil),
    ])
    func excelsQuotingIsTakenOff(cell: String, value: String?) async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg")
        let row = (["a.jpg"] + Array(repeating: cell, count: 4)).joined(separator: ",")
        try folder.write("photo,img_id,name,identity,address\n\(row)\n", to: "staff.csv")
        let source = try folder.open("staff.csv")
        let found = try #require(try await source.all().first)
        let text = value ?? ""
        #expect(found.imgID == value)
        #expect(found.values == .cells(RowCells(name: text, identity: text, address: text)))
        #expect(source.said.last?.hasPrefix("Excel's =\"…\" or ' was taken off 4 values: line 2") == true)
    }

    @Test func invisibleMarksAroundCodesAreTakenOffAndTold() async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg")
        let code = "\u{202D}001\u{AD}17\u{202C}\u{200B}"
        try folder.write("photo,img_id,name,identity\na.jpg,\(code),A\u{200C}nn,\(code)\n", to: "staff.csv")
        let source = try folder.open("staff.csv")
        let found = try #require(try await source.all().first)
        #expect(found.imgID == "00117")
        #expect(found.values == .cells(RowCells(name: "A\u{200C}nn", identity: "00117")))
        #expect(source.said.last == "invisible characters were taken out of 2 ids and codes: line 2, line 2")
    }

    @Test(arguments: ["'t Hooft", "'s-Gravenhage", "O'Neil", "Ann '", "’Ali"]) func apostrophesOfWordsStay(text: String)
        async throws
    {
        let folder = try SourceFolder()
        try folder.photos("a.jpg")
        try folder.write("photo,img_id,name,address\na.jpg,1,\(text),\(text)\n", to: "staff.csv")
        #expect(try await folder.rows("staff.csv").map(\.values) == [.cells(RowCells(name: text, address: text))])
    }
}
