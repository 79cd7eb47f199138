// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import FacePipeline
import Foundation
import SystemPackage
import Testing

@testable import FaceSources
@testable import FaceTransfer

/// A device with records, a ledger and a folder to export into.
final class RecordBench {
    let device = InMemoryDevice()
    let folder: SourceFolder
    let ledger: SQLiteLedger
    let kind: RecordKind
    let job = "20261122-101502-3f"

    init(_ kind: RecordKind = .captures) throws {
        self.kind = kind
        folder = try SourceFolder()
        ledger = try SQLiteLedger.inMemory()
    }

    /// Where the export goes.
    var target: String { folder.path + "/out" }
    /// What stands there until the export is finished.
    var staging: String { target + "/.facelib-export" }

    /// A record as a device lists it.
    func record(_ id: String, _ more: [(String, String?)] = []) -> DeviceRecord {
        let path = "record/\(id).jpg"
        let fields = [
            ("camera_name", "Gate"), ("channel", "1"), (kind == .strangers ? "person_id" : "snap_id", id),
            ("snap_path", path), ("trigger", "2026-11-22 10:00:00"),
        ]
        return DeviceRecord(
            id: id,
            imagePath: path,
            matchedImagePath: "",
            fields: fields.map { .init(name: $0, text: $1) } + more.map { .init(name: $0, text: $1) }
        )
    }

    /// Puts records `R-1` and so on there, each with a picture of its own.
    func place(_ count: Int, _ more: (Int) -> [(String, String?)] = { _ in [] }) async throws {
        for number in 1...count {
            await device.place(kind, record("R-\(number)", more(number)), image: try Picture.jpeg(number))
        }
    }

    func makeJob(_ selection: RecordSelection? = nil, isRehearsal: Bool = false) -> RecordJob {
        RecordJob(
            record: JobRecord(
                id: job,
                command: "records",
                source: "hq/\(kind.rawValue)",
                target: "out",
                directory: folder.path,
                options: "{}",
                started: 1
            ),
            request: RecordRequest(device: device, selection: selection ?? RecordSelection(kind)),
            target: target,
            isRehearsal: isRehearsal,
            ledger: ledger,
            progress: ProgressBoard(),
            clock: InstantClock()
        )
    }

    /// Runs the job.
    @discardableResult
    func run(_ selection: RecordSelection? = nil) async throws -> String? { try await makeJob(selection).run() }

    func outcomes() async throws -> [Outcome: Int] { try await ledger.outcomes(of: job) }

    func result(_ key: String) async throws -> RowResult {
        try #require(try await ledger.results(of: job, after: nil, limit: 10_000).rows.first { $0.imgID == key })
    }

    /// The names in the target.
    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: target).sorted() }

    /// The lines of the table, by the names of its columns.
    func table() throws -> Table {
        let reader = try CSVReader(path: .init(target + "/records.csv"), title: "records.csv")
        var rows: [[String: String]] = []
        while let record = try reader.next() {
            #expect(record.cells.count == reader.header.cells.count)
            rows.append(Dictionary(zip(reader.header.cells, record.cells)) { first, _ in first })
        }
        return Table(columns: reader.header.cells, rows: rows)
    }

    /// The bytes of an image in the target.
    func image(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: target + "/" + name))) }

    struct Table {
        var columns: [String]
        var rows: [[String: String]]
    }
}
