// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Foundation
import Testing

@testable import FaceFiles
@testable import FaceTransfer

/// Exports of records that are killed at a call of the device and taken up again.
@Suite(.timeLimit(.minutes(20))) struct RecordResumeTests {
    @Test(arguments: [2, 3, 5, 12, 16, 17, 19, 22, 27, 33, 39])
    func aKilledExportGoesOnWithoutFetchingAnythingTwice(call: Int) async throws {
        let bench = try RecordBench()
        try await bench.place(620)
        await bench.device.kill(at: call, afterActing: false)
        await #expect(throws: InMemoryDevice.Killed.self) { try await bench.run() }
        // What was written and not settled, and parts of files, as a power cut leaves them.
        for (name, text) in [("12", "torn"), ("9.zip", "torn")] {
            try? Data(text.utf8).write(to: URL(filePath: bench.staging + "/" + name))
        }
        for journal in ["settled", "listing"] where call > 16 {
            let file = try FileHandle(forWritingTo: URL(filePath: bench.staging + "/" + journal))
            try file.seekToEnd()
            try file.write(contentsOf: Data([40, 0, 0, 0, 1, 2, 3]))
            try file.close()
        }
        let settled = try await bench.outcomes()[.stored] ?? 0
        let hasListing = FileManager.default.fileExists(atPath: bench.staging + "/listed.json")
        await bench.device.calm()
        await bench.device.forgetCounts()
        #expect(try await bench.run() == nil)
        #expect(try await bench.outcomes() == [.stored: 620])
        let rows = try bench.table().rows
        #expect(rows.map { $0["snap_id"] } == (1...620).map { "R-\($0)" })
        #expect(try (1...620).allSatisfy { try bench.image("R-\($0).jpg") == Picture.jpeg($0) })
        #expect(try bench.names().count == 621)
        // Fifty an archive, and what is settled or listed is not asked for again.
        let counts = await bench.device.counts
        #expect(counts[.exportRecords] ?? 0 == (620 - settled + 49) / 50)
        #expect(counts[.records] ?? 0 == (hasListing ? 0 : 13))
    }

    @Test func recordsThatFailedAreFetchedByTheNextAttemptAndStandInTheirPlace() async throws {
        let bench = try RecordBench(.strangers)
        try await bench.place(60)
        await bench.device.set {
            $0.unexportableRecords = ["R-9"]
            $0.faults = [.download: [.refused(-3524)]]
        }
        try await bench.run()
        #expect(try await bench.outcomes() == [.stored: 59, .failed: 1])
        #expect(try bench.table().rows[8]["image"] == "")
        #expect(try bench.names().contains(".facelib-export"))
        try await bench.run()
        #expect(try await bench.outcomes() == [.stored: 60])
        #expect(try bench.table().rows.map { $0["image"] } == (1...60).map { "R-\($0).jpg" })
        #expect(try bench.names().count == 61)
        // Once more there is nothing to do.
        await bench.device.forgetCounts()
        try await bench.run()
        #expect(await bench.device.counts[.records] == nil)
        #expect(try bench.names().count == 61)
    }

    @Test func aJobWhoseJournalIsGoneSaysSo() async throws {
        let bench = try RecordBench()
        try await bench.place(60)
        await bench.device.set {
            $0.unexportableRecords = ["R-9"]
            $0.faults = [.download: [.refused(-3524)]]
        }
        try await bench.run()
        try FileManager.default.removeItem(atPath: bench.staging)
        let error = await #expect(throws: TargetError.self) { try await bench.run() }
        #expect(error?.description.contains("new folder") == true)
    }

    @Test func entriesComeBackFromTheirBytesAndTornOnesDoNot() throws {
        let fields = [DeviceRecord.Field(name: "a", text: "é"), .init(name: "b", text: nil), .init(name: "", text: "")]
        let record = DeviceRecord(id: "R", imagePath: "p", matchedImagePath: "m", fields: fields)
        let entry = RecordEntry(ordinal: 7, key: "R#2", image: "R.jpg", imageDigest: .max, record: record)
        let bytes = Array(entry.encoded.dropFirst(4))
        #expect(RecordEntry(encoded: bytes) == entry)
        for length in bytes.indices { #expect(RecordEntry(encoded: Array(bytes[..<length])) == nil) }
        #expect(RecordEntry(encoded: bytes + [0]) == nil)
    }
}
