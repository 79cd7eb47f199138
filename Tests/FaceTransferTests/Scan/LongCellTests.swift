// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceTransfer
import Testing

@testable import FaceSources

@Suite struct LongCellTests {
    private static let long = String(repeating: "x", count: 400_000)

    @Test(
        .timeLimit(.minutes(20)),
        arguments: [
            "\(long).jpg,17,Ann,", "a.jpg,\(long),Ann,", "a.jpg,17,\(long),", "a.jpg,17,Ann,\(long)",
            "a.jpg,17,Ann,31,\(long)",
            "a.jpg,17,Ann,,\(long)",
        ]
    )
    func aCellOfAnyLengthIsReportedInAFewWords(row: String) async throws {
        let folder = try SourceFolder()
        try folder.photos("a.jpg")
        try folder.write("photo,img_id,name,age,gender\n\(row)\n", to: "staff.csv")
        let found = try #require(try await folder.rows("staff.csv").first)
        guard case .failure(let invalid) = RowValidator().validate(found) else {
            Issue.record("it was taken")
            return
        }
        let texts = [invalid.row.source, invalid.row.key, invalid.imgID, invalid.name] + invalid.reasons.map(\.detail)
        #expect(texts.map(\.utf8.count).reduce(0, +) < 2_000)
    }
}
