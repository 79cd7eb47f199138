// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Foundation
import Testing

@testable import FaceTransfer

/// Masked and missing values of records, and what is asked to complete them.
@Suite(.timeLimit(.minutes(20))) struct RecordCompletionTests {
    private static let person = PersonAttributes(
        name: "Ann",
        identity: "4711",
        gender: .female,
        age: 31,
        address: "Oslo"
    )

    private func alarms() async throws -> RecordBench {
        let bench = try RecordBench(.alarms)
        for number in 1...2 {
            await bench.device.place(PortraitID(asListed: "E-\(number)"), Self.person, try Picture.jpeg(900 + number))
        }
        try await bench.place(60) { number in
            [
                ("img_id", "E-\(number % 2 + 1)"), ("lib_id", "\(InMemoryDevice.libraryID)"), ("person_addr", nil),
                ("person_gender", "0"), ("person_idcard", nil), ("person_name", "Ann"),
            ]
        }
        return bench
    }

    @Test func maskedValuesOfAlarmsAreFetchedInClearOnceAPortrait() async throws {
        let bench = try await alarms()
        try await bench.run()
        #expect(try await bench.outcomes() == [.stored: 60])
        let rows = try bench.table().rows
        #expect(rows.allSatisfy { $0["person_addr"] == "Oslo" && $0["person_idcard"] == "4711" })
        #expect(rows.allSatisfy { $0["person_gender.words"] == "female" && $0["person_name"] == "Ann" })
        #expect(await bench.device.counts[.clear] == 2)
    }

    @Test func whatStaysMaskedIsEmptyAndSaid() async throws {
        let bench = try await alarms()
        await bench.device.set {
            $0.masked = [.identity]
            $0.staysMasked = true
        }
        try await bench.run()
        let row = try await bench.result("R-7")
        #expect(row.outcome == .rejected && row.reason == .attributeMasked && row.detail.contains("person_idcard"))
        #expect(!row.detail.contains("person_addr"))
        let table = try bench.table()
        #expect(table.rows.allSatisfy { $0["person_idcard"] == "" && $0["person_addr"] == "Oslo" })
        #expect(table.rows.allSatisfy { $0["image"] != "" })
        #expect(try !String(contentsOfFile: bench.target + "/records.csv", encoding: .utf8).contains("**"))
    }

    @Test func strangersAreCompletedAsLongAsThatBringsAnything() async throws {
        let bench = try RecordBench(.strangers)
        try await bench.place(40)
        await bench.device.set { $0.strangerExtras = [("appear_count", "5"), ("camera_name", "Other")] }
        try await bench.run()
        #expect(try bench.table().rows.allSatisfy { $0["appear_count"] == "5" && $0["camera_name"] == "Gate" })
        #expect(await bench.device.counts[.stranger] == 40)

        let silent = try RecordBench(.strangers)
        try await silent.place(40)
        try await silent.run()
        #expect(await silent.device.counts[.stranger] == 8)
        #expect(try await silent.outcomes() == [.stored: 40])
    }

    @Test func aStrangerWithoutACaptureIsShownByItsOwnImage() async throws {
        let bench = try RecordBench(.strangers)
        var record = bench.record("S-1")
        (record.matchedImagePath, record.imagePath) = (record.imagePath, "")
        var stored = record
        stored.imagePath = record.matchedImagePath
        await bench.device.place(.captures, stored, image: try Picture.jpeg(4))
        await bench.device.place(.strangers, record, image: nil)
        try await bench.run()
        #expect(try bench.image("S-1.jpg") == Picture.jpeg(4))
    }

    @Test func aProfileIsFoundByTheStrangerOrByOneOfItsCaptures() async throws {
        for person in ["P-1", "R-2"] {
            let bench = try RecordBench(.profile)
            try await bench.place(70) { [("img_id", $0 % 10 == 1 ? "" : "P-1")] }
            await bench.device.set { $0.profileOwner = "P-1" }
            let job = bench.makeJob(RecordSelection(.profile, person: person))
            #expect(try await job.run() == nil)
            #expect(try await bench.outcomes() == [.stored: 70])
            #expect(try bench.table().rows.allSatisfy { $0["img_id"] == "P-1" } == false)
            #expect(job.notices.count == (person == "P-1" ? 0 : 1))
        }
    }
}
