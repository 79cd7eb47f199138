// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Testing

@testable import FaceTransfer

/// Values behind masks that an archive says otherwise than the device.
@Suite(.timeLimit(.minutes(20))) struct AlteredValueTests {
    /// What an archive makes of a value.
    struct Change: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let value: String
        let inArchive: String
        /// Whether a table in the archive says the same as the file names.
        var hasTable = false

        init(_ value: String, _ inArchive: String, hasTable: Bool = false) {
            testDescription =
                "\(value.debugDescription) as \(inArchive.debugDescription)" + (hasTable ? ", in a table too" : "")
            (self.value, self.inArchive, self.hasTable) = (value, inArchive, hasTable)
        }
    }

    static let changes =
        ["/", "\\", ":", "*", "?", "\"", "<", ">", "|"].flatMap { character in
            ["-", "_"].map { Change("Bay 4\(character)7", "Bay 4\($0)7") }
        } + [
            Change("Bay 4/7", "Bay 4-7", hasTable: true), Change("Malmö", "Malm?"),
            Change("Łódź", "?ód?", hasTable: true),
            Change("a_b", "a-b"), Change("#", ""), Change(" Oslo", " Oslo"), Change("Bay 4:7", "Bay 4：7"),
            Change("x" + String(repeating: "y", count: 90), "x" + String(repeating: "y", count: 63)),
        ]

    @Test(arguments: changes) func aValueBehindAMaskIsReadInClearWhereTheArchiveMayHaveAlteredIt(_ change: Change)
        async throws
    {
        let attributes = PersonAttributes(
            name: "Ann",
            identity: "4711",
            gender: .female,
            age: 31,
            address: change.value
        )
        let counts = try await export(attributes, saying: change)
        #expect(counts[.clear] == 20 && counts[.portrait] == nil)
    }

    @Test(arguments: ["Oslo", "12 Main Street", "湖北省武汉市洪山区", "St. Olavs gate 7b"])
    func aValueThatNothingStandsInForCostsNoCall(_ value: String) async throws {
        let attributes = PersonAttributes(name: "Ann", identity: "4711", gender: .female, age: 31, address: value)
        let counts = try await export(attributes, saying: Change(value, value))
        #expect(counts[.clear] == nil && counts[.portrait] == nil)
    }

    /// Exports twenty portraits whose addresses an archive alters, and sees that all came with the true ones.
    private func export(_ attributes: PersonAttributes, saying change: Change) async throws -> [Call: Int] {
        let bench = try ExportBench()
        try await bench.place(20) { _ in attributes }
        await bench.device.set {
            $0.masked = [.identity, .address]
            $0.packs = { portraits in
                var zip = StoredZip()
                var lines = ["file,img_id,person_name,person_idcard,person_gender,person_age,person_addr"]
                for portrait in portraits {
                    var texts = portrait.attributes.texts
                    texts[4] = change.inArchive
                    let parts = texts.map { $0.isEmpty ? "#" : $0 }
                    let name = ([parts[0], portrait.id.text] + parts[1...]).joined(separator: "_") + ".jpg"
                    zip.add(name, portrait.image)
                    lines.append(([name, portrait.id.text] + texts).joined(separator: ","))
                }
                if change.hasTable { zip.add("face.csv", Array(lines.joined(separator: "\n").utf8)) }
                return (zip.finish(), nil)
            }
        }
        try await bench.run()
        let rows = try await bench.readBack()
        for number in 1...20 { #expect(rows["E-\(number)"]?.attributes == attributes) }
        return await bench.device.counts
    }
}
