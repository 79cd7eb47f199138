// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Foundation
import Testing

@testable import FaceFiles
@testable import FaceTransfer

@Suite(.timeLimit(.minutes(20))) struct RecordJobTests {
    @Test(arguments: RecordKind.allCases.filter { $0 != .profile })
    func everyKindBecomesImagesAndATable(kind: RecordKind) async throws {
        let bench = try RecordBench(kind)
        try await bench.place(120)
        #expect(try await bench.run() == nil)
        #expect(try await bench.outcomes() == [.stored: 120])
        let table = try bench.table()
        let id = kind == .strangers ? "person_id" : "snap_id"
        #expect(table.columns == ["image", "camera_name", "channel", id, "snap_path", "trigger"])
        #expect(table.rows.map { $0[id] } == (1...120).map { "R-\($0)" })
        for number in 1...120 {
            let image = try #require(table.rows[number - 1]["image"])
            #expect(try image == "R-\(number).jpg" && bench.image(image) == Picture.jpeg(number))
        }
        #expect(try bench.names().count == 121)
        let mode = try FileManager.default.attributesOfItem(atPath: bench.target + "/R-1.jpg")[.posixPermissions]
        #expect(mode as? Int == 0o600)
        let counts = await bench.device.counts
        #expect(counts[.exportRecords] == 3 && counts[.download] == nil)
    }

    @Test func codesAreSpelledOutBehindTheirColumn() async throws {
        let bench = try RecordBench(.bodyAlarms)
        try await bench.place(3) { number in
            var fields = [("body_attr.st_age", "st_adult"), ("alarm_type", "385,371")]
            if number == 2 { fields.insert(("body_attr.st_hat", "st_hat"), at: 1) }
            if number == 3 { fields.append(("brand_new", "a,\"b\"")) }
            return fields
        }
        try await bench.run()
        let table = try bench.table()
        #expect(
            table.columns.suffix(7) == [
                "body_attr.st_age", "body_attr.st_age.words", "body_attr.st_hat", "body_attr.st_hat.words",
                "alarm_type", "alarm_type.words", "brand_new",
            ]
        )
        #expect(table.rows[0]["body_attr.st_age.words"] == "adult" && table.rows[0]["body_attr.st_hat"] == "")
        #expect(table.rows[1]["body_attr.st_hat.words"] == "present")
        #expect(table.rows[2]["alarm_type.words"] == "fight, 371" && table.rows[2]["brand_new"] == "a,\"b\"")
    }

    @Test func aCaptureThatMatchedSeveralPortraitsHasALineForEachAndOneImage() async throws {
        let bench = try RecordBench()
        for ranking in 1...3 {
            let record = bench.record("R-1", [("ranking", "\(ranking)")])
            await bench.device.place(.captures, record, image: try Picture.jpeg(1))
        }
        await bench.device.place(.captures, bench.record("R-2"), image: try Picture.jpeg(2))
        #expect(try await bench.run() == nil)
        #expect(try await bench.outcomes() == [.stored: 4])
        #expect(try bench.table().rows.map { $0["image"] } == ["R-1.jpg", "R-1.jpg", "R-1.jpg", "R-2.jpg"])
        #expect(try bench.names() == ["R-1.jpg", "R-2.jpg", "records.csv"])
        #expect(try await bench.result("R-1#3").source == "hq/captures/R-1#3")
    }

    @Test func idsThatAreNoFileNamesGetSafeOnes() async throws {
        let bench = try RecordBench()
        let ids = ["../../etc/passwd", "CON", "a", "A", "x,y", "名", ""]
        for (number, id) in ids.enumerated() {
            var record = bench.record(id)
            record.imagePath = "record/\(number).jpg"
            await bench.device.place(.captures, record, image: try Picture.jpeg(number + 1))
        }
        #expect(try await bench.run() == nil)
        let rows = try bench.table().rows
        #expect(rows.map { $0["snap_id"] } == ids)
        let images = rows.compactMap { $0["image"] }
        #expect(Set(images.map { $0.lowercased() }).count == 7 && images[2] == "a.jpg")
        for (number, image) in images.enumerated() {
            #expect(try bench.image(image) == Picture.jpeg(number + 1))
            #expect(image == "a.jpg" || image.hasPrefix("photo-") && !image.contains("/"))
        }
    }

    @Test func whatNoArchiveBringsIsFetchedByItsPath() async throws {
        let bench = try RecordBench()
        try await bench.place(60)
        await bench.device.set { $0.faults = [.exportRecords: [.refused(-1), .refused(-1)]] }
        try await bench.run()
        #expect(try await bench.outcomes() == [.stored: 60])
        // Fifty are refused, then the first half of them; the quarters and the other half come, and so do the last ten.
        #expect(await bench.device.counts[.exportRecords] == 6)
        #expect(await bench.device.counts[.download] == nil)
    }

    @Test func aDeviceThatRefusesAllExportsIsAskedForEachImage() async throws {
        let bench = try RecordBench()
        try await bench.place(300)
        await bench.device.set { $0.faults = [.exportRecords: Array(repeating: .refused(-1), count: 10_000)] }
        let job = bench.makeJob()
        #expect(try await job.run() == nil)
        #expect(try await bench.outcomes() == [.stored: 300])
        #expect(job.notices.count == 1 && job.notices[0].contains("one by one"))
        #expect(await bench.device.counts[.download] == 300)
        #expect(await (bench.device.counts[.exportRecords] ?? 0) < 160)
    }

    @Test func anImageThatCannotBeHadIsSaidAndItsRecordKept() async throws {
        let bench = try RecordBench()
        try await bench.place(2)
        await bench.device.place(.captures, bench.record("gone"), image: nil)
        await bench.device.place(.captures, bench.record("bad"), image: Array("sorry".utf8))
        var pathless = bench.record("pathless")
        pathless.imagePath = ""
        await bench.device.place(.captures, pathless, image: nil)
        try await bench.run()
        #expect(try await bench.outcomes() == [.stored: 2, .rejected: 2, .failed: 1])
        #expect(try await bench.result("gone").reason == .imageMissing)
        #expect(try await bench.result("bad").reason == .deviceContradicts)
        #expect(try await bench.result("pathless").reason == .imageMissing)
        let rows = try bench.table().rows
        #expect(rows.map { $0["snap_id"] } == ["R-1", "R-2", "gone", "bad", "pathless"])
        #expect(rows.map { $0["image"] } == ["R-1.jpg", "R-2.jpg", "", "", ""])
    }

    @Test func anUnstableListingIsSaid() async throws {
        let bench = try RecordBench()
        try await bench.place(120)
        await bench.device.set { $0.listing = .totalGrows }
        #expect(try await bench.run()?.contains("changed while they were listed") == true)
        #expect(try await bench.outcomes() == [.stored: 120])
    }

    @Test func recordsThatAreListedTwiceAreSaidAndWrittenOnce() async throws {
        let bench = try RecordBench()
        try await bench.place(170)
        await bench.device.set { $0.listing = .repeats }
        // The pages join all the same, so nobody is missed.
        #expect(try await bench.run() == nil)
        let ids = try bench.table().rows.map { $0["snap_id"] }
        #expect(ids.count == Set(ids).count)
    }

    @Test func aRehearsalFetchesAndWritesNothing() async throws {
        let bench = try RecordBench()
        try await bench.place(70)
        _ = try await bench.makeJob(isRehearsal: true).run()
        #expect(try await bench.outcomes() == [.ready: 70])
        #expect(!FileManager.default.fileExists(atPath: bench.target))
        #expect(await bench.device.counts[.exportRecords] == nil)
    }

    @Test func aFolderThatHoldsSomethingIsLeftAlone() async throws {
        let bench = try RecordBench()
        try await bench.place(2)
        try bench.folder.write(Array("x".utf8), to: Array("out/mine.txt".utf8))
        let error = await #expect(throws: TargetError.self) { try await bench.run() }
        #expect(error?.code == .usage)
        #expect(try bench.names() == ["mine.txt"])
        #expect(await bench.device.total == 0)
    }

    @Test func theFilterIsAskedForAndCheckedAgain() async throws {
        let bench = try RecordBench(.alarms)
        for number in 1...6 {
            let library = number.isMultiple(of: 2) ? InMemoryDevice.libraryID : 99
            let record = bench.record("R-\(number)", [("lib_id", "\(library)")])
            await bench.device.place(.alarms, record, image: try Picture.jpeg(number))
        }
        await bench.device.set { $0.ignoresFilters = true }
        let job = bench.makeJob(RecordSelection(.alarms, libraries: [InMemoryDevice.libraryName]))
        #expect(try await job.run() == nil)
        #expect(try bench.table().rows.map { $0["snap_id"] } == ["R-2", "R-4", "R-6"])
        #expect(job.notices.count == 1 && job.notices[0].hasPrefix("3 records"))
    }

    @Test(arguments: [
        RecordSelection(.bodies, libraries: ["staff"]), RecordSelection(.captures, libraries: ["a", "b"]),
        RecordSelection(.captures, libraries: ["a,b"]), RecordSelection(.strangers, aliveness: [.alive]),
        RecordSelection(.profile), RecordSelection(.captures, person: "x"),
        RecordSelection(.captures, from: "2026-11-23 00:00:00", to: "2026-11-22 23:59:59"),
    ])
    func whatAKindCannotBeChosenByIsRefused(selection: RecordSelection) async throws {
        let bench = try RecordBench(selection.kind)
        await #expect(throws: TargetError.self) { try await bench.run(selection) }
        #expect(await bench.device.counts[.records] == nil)
    }

    @Test(
        arguments: [
            ("2026-11-22 10:00:10", 1), ("22-11-2026 10:00:10", 3), (nil, 3),
        ] as [(String?, Int)]
    )
    func aPeriodWithoutAnEndEndsNowByTheDevicesClock(time: String?, count: Int) async throws {
        let bench = try RecordBench()
        for (number, time) in ["09:59:59", "10:00:10", "10:00:11"].enumerated() {
            var record = bench.record("R-\(number)")
            record.fields[4].text = "2026-11-22 \(time)"
            await bench.device.place(.captures, record, image: try Picture.jpeg(number))
        }
        await bench.device.set { $0.time = time }
        try await bench.run(RecordSelection(.captures, from: "2026-11-22 10:00:00"))
        #expect(try bench.table().rows.count == (count == 1 ? 1 : 2))
    }
}
