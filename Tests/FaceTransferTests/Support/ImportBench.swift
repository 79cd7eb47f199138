// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceImaging
import FaceLedger
import FaceModel
import FacePipeline
import Foundation
import Testing

@testable import FaceLibraries
@testable import FaceTransfer

/// A folder of photos, a device and a ledger, for tests of whole imports.
final class ImportBench {
    let device = InMemoryDevice()
    let folder: SourceFolder
    let clock = InstantClock()
    let state: String?
    private(set) var ledger: SQLiteLedger
    private(set) var progress = ProgressBoard()
    var job = "20261122-101502-3f"
    var profile = QualityProfile.off
    private var started = 1.0

    /// Makes an empty bench; with a ledger on disk it can be opened anew, as a new process would.
    init(onDisk: Bool = false) throws {
        folder = try SourceFolder()
        state = onDisk ? NSTemporaryDirectory() + "ledger-" + UUID().uuidString : nil
        ledger = if let state { try SQLiteLedger.open(directory: state) } else { try SQLiteLedger.inMemory() }
    }

    deinit { if let state { try? FileManager.default.removeItem(atPath: state) } }

    /// Opens the ledger anew, as the next process would.
    func restart() throws {
        if let state { ledger = try SQLiteLedger.open(directory: state) }
    }

    /// The next run is another job.
    func nextJob() {
        started += 1
        job = "20261122-101502-\(Int(started))"
    }

    /// Writes a photo under a batch file name.
    func photo(_ id: String, picture: Int, name: String = "Ann", address: String = "Oslo") throws {
        let file = "new/\(name)_\(id)_4711_0_31_\(address).jpg"
        try folder.write(try Picture.jpeg(picture), to: Array(file.utf8))
    }

    /// Writes a photo `E-1` for 1, and so on.
    func photos(_ numbers: ClosedRange<Int>, name: String = "Ann") throws {
        for number in numbers { try photo("E-\(number)", picture: number, name: name) }
    }

    func remove(_ id: String, name: String = "Ann", address: String = "Oslo") throws {
        try FileManager.default.removeItem(atPath: folder.path + "/new/\(name)_\(id)_4711_0_31_\(address).jpg")
    }

    /// Puts the job together.
    func makeJob(
        _ options: ImportOptions = ImportOptions(),
        toDevice: Bool = true,
        batchSize: Int = 20
    ) throws -> ImportJob {
        try FileManager.default.createDirectory(atPath: folder.path + "/new", withIntermediateDirectories: true)
        progress = ProgressBoard()
        var settings = DeviceSettings.forTests
        settings.batchSize = batchSize
        return ImportJob(
            record: .forTests(job, started: started),
            source: try folder.open("new"),
            target: toDevice
                ? DestinationRequest(device: device, settings: settings, library: InMemoryDevice.libraryName) : nil,
            options: options,
            ledger: ledger,
            workshop: ImageWorkshop(limits: ImageLimits(), profile: profile),
            progress: progress,
            clock: clock
        )
    }

    /// Runs the job, or takes it up again.
    func run(_ options: ImportOptions = ImportOptions(), toDevice: Bool = true, batchSize: Int = 20) async throws {
        try await makeJob(options, toDevice: toDevice, batchSize: batchSize).run()
    }

    func outcomes() async throws -> [Outcome: Int] { try await ledger.outcomes(of: job) }

    func results() async throws -> [String: RowResult] {
        let page = try await ledger.results(of: job, after: nil, limit: 10_000)
        return Dictionary(page.rows.map { ($0.imgID, $0) }) { first, _ in first }
    }

    /// What the ledger has left to do, which is nothing once all is well.
    func leftovers() async throws -> Int {
        let key = LibraryKey(device: "STSN1", library: InMemoryDevice.libraryID)
        return try await ledger.openBatches(in: key).count + ledger.pendingSafe(in: key).count
    }

    /// The ids on the device.
    func ids() async -> [String] { await device.portraits.map(\.id.text).sorted() }
}
