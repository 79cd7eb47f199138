// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceTransfer
import Testing

@testable import FaceSources

@Suite struct ShiftedRowTests {
    private static let header = "photo,img_id,name,identity,gender,age,address"

    /// The lines of a table that are refused because their values stand in the wrong columns.
    private static func shifted(_ table: String) async throws -> [Int] {
        let folder = try SourceFolder()
        try folder.photos("a.jpg", "b.jpg", "c.jpg")
        try folder.write(table, to: "staff.csv")
        return try await folder.rows("staff.csv").filter { $0.rejection?.reason == .nameSeparator }.compactMap(\.line)
    }

    @Test(arguments: [
        // An empty last cell hides the cell too many.
        (header + "\na.jpg,17,Berg, Ann,,,,\nb.jpg,18,Okafor, Ben,4711,,,\nc.jpg,19,\"Kaya, Cem\",,,30,\n", [2, 3]),
        // The only row, and every row.
        (header + "\na.jpg,17,Berg, Ann,,,,\n", [2]),
        (header + "\na.jpg,17,Berg,Ann,,,,\nb.jpg,18,Okafor,Ben,,,,\n", [2, 3]),
        // A row with two of them, in a table whose last column is empty and has no header.
        (header + "\na.jpg,17,Ann Berg,X-1,,,,\nb.jpg,18,Okafor, Ben,X-2,,,,\n", [3]),
        // Other separators.
        (header.replacing(",", with: ";") + "\na.jpg;17;Berg; Ann;;;;\nb.jpg;18;Okafor, Ben;;;;\n", [2]),
        (header.replacing(",", with: "\t") + "\na.jpg\t17\tBerg\tAnn\t\t\t\t\nb.jpg\t18\tBen Okafor\t\t\t\t\n", [2]),
        // A header that ends with a separator itself.
        (header + ",\na.jpg,17,Berg, Ann,4711,,,,\nb.jpg,18,Ben Okafor,4712,,,,\n", [2]),
    ])
    func aRowWithACellTooManyIsShiftedThoughTheLastOneIsEmpty(table: String, lines: [Int]) async throws {
        #expect(try await Self.shifted(table) == lines)
    }

    @Test(arguments: [
        // Whoever types a table leaves off what is empty at the end.
        ("photo,img_id,name,identity,address\na.jpg,17,Berg, Ann\nb.jpg,18,Ben Okafor\n", [2]),
        ("photo,name,img_id,address\na.jpg,Berg, Ann,17\nb.jpg,Ben Okafor,18\n", [2]),
        ("photo,name,img_id,address\na.jpg,Berg,Ann,17\nb.jpg,Ben Okafor,18\nc.jpg,Cem Kaya,19\n", [2]),
        ("photo,name,img_id,address\na.jpg,BERG,ANN,17\nb.jpg,BEN OKAFOR,B18\nc.jpg,CEM KAYA,19\n", [2]),
    ])
    func aShortRowIsShiftedWhereAPartOfTheNameStandsInTheCode(table: String, lines: [Int]) async throws {
        #expect(try await Self.shifted(table) == lines)
    }

    @Test(arguments: [
        // The surplus fills the empty last cell exactly.
        ("photo,img_id,name,identity\na.jpg,1,Berg, Ann\nb.jpg,2,Ben Okafor,\n", [2]),
        ("photo,img_id,name,identity\na.jpg,1,Berg,Ann\nb.jpg,2,Ben Okafor,\nc.jpg,3,Cem Kaya,4713\n", [2]),
        ("photo;img_id;name;identity\na.jpg;1;van Berg; Ann\nb.jpg;2;Ben;4712\n", [2]),
        ("photo\timg_id\tname\tidentity\na.jpg\t1\tBerg\t Ann\nb.jpg\t2\tBen\t4712\n", [2]),
        ("photo,img_id,name,identity\na.jpg,1,Berg, Ann\nb.jpg,2,Okafor, Ben\n", [2, 3]),
        // In the middle, beside a column of another kind, beside quoted values.
        ("photo,img_id,name,address,identity\na.jpg,1,Ann,Main St 5, Oslo\nb.jpg,2,Ben,Bergen,4712\n", [2]),
        ("photo,img_id,name,department\na.jpg,1,Berg, Ann\nb.jpg,2,Ben,Sales\n", [2]),
        ("photo,img_id,name,address\na.jpg,1,Berg, Ann\nb.jpg,2,\"Okafor, Ben\",Oslo\n", [2]),
    ])
    func aSurplusThatFitsTheColumnsIsSeenByItsValues(table: String, lines: [Int]) async throws {
        #expect(try await Self.shifted(table) == lines)
    }

    @Test(arguments: [
        // A blank behind the separator is a habit, or stands before a code.
        "photo,img_id,name,identity\na.jpg, 1, Ann, Aberg\nb.jpg, 2, Ben, Bok\n",
        "photo,img_id,name,identity\na.jpg,1,Ann Berg, 4711\nb.jpg,2,Ben Okafor, 4712\n",
        "photo,img_id,name,identity,address\na.jpg,1,Ann,4711, Oslo\nb.jpg,2,Ben,4712, Bergen\n",
        "photo,img_id,name,address,identity\na.jpg,1,Ann,Oslo, 4711\nb.jpg,2,Ben,Bergen, 4712\n",
        // A blank before a gender, a photo, a place or a department.
        "photo,img_id,name,gender\na.jpg,1,Ann, female\nb.jpg,2,Ben, male\n",
        "img_id,name,photo\n1,Ann, a.jpg\n2,Ben, b.jpg\n",
        "photo,img_id,name,address\na.jpg,1,Ann Berg, Oslo\nb.jpg,2,Ben Okafor, Bergen\nc.jpg,3,Cem, Bergen\n",
        "photo,img_id,name,department\na.jpg,1,Ann Berg, Sales\nb.jpg,2,Ben Okafor, Sales\n",
        // Codes of letters beside whole names, departments, one-word names.
        "photo,img_id,name,identity\na.jpg,1,Ann Berg,Aberg\nb.jpg,2,Ben Okafor,Bok\nc.jpg,3,Cem,Cem\n",
        "photo,img_id,name,department\na.jpg,1,Ann,Sales\nb.jpg,2,Ben Okafor,Sales\n",
    ])
    func aTableOfFullRowsIsNotDoubtedWithoutASign(table: String) async throws {
        #expect(try await Self.shifted(table) == [])
    }

    @Test(arguments: [
        // An empty last column of the whole table.
        header + "\na.jpg,17,Ann Berg,,,,,\nb.jpg,18,Ben,4711,,,,\n",
        header + "\n\na.jpg,17,Ann Berg,,,,,,\n,,,,\nb.jpg,18,Ben,4711,,,,,\n",
        // Codes without digits, in full rows and among their like.
        header + "\na.jpg,17,Ann,Aberg,,,\nb.jpg,18,Ben,4711,,,\nc.jpg,19,Cem,4712,,,\n",
        "photo,img_id,name,identity,age\na.jpg,17,Ann,Aberg\nb.jpg,18,Ben,Bok\nc.jpg,19,Cem\n",
        // People who type a blank behind every separator.
        "photo, img_id, name, identity, age\na.jpg, 17, Ann, Berg\nb.jpg, 18, Ben, 4711\n",
        "photo;img_id;name;identity\na.jpg;17;Berg, Ann;4711\nb.jpg;18;\"Okafor; Ben\";4712\n",
    ])
    func aSoundTableHasNoShiftedRow(table: String) async throws {
        #expect(try await Self.shifted(table) == [])
    }
}
