// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import FacePipeline
import Foundation
import SystemPackage
import Testing

@testable import FaceLibraries
@testable import FaceSources
@testable import FaceTransfer

/// A device with portraits, a ledger and a folder to export into.
final class ExportBench {
    let device = InMemoryDevice()
    let folder: SourceFolder
    let clock = InstantClock()
    let ledger: SQLiteLedger
    var job = "20261122-101502-3f"

    init() throws {
        folder = try SourceFolder()
        ledger = try SQLiteLedger.inMemory()
    }

    /// Where the export goes.
    var target: String { folder.path + "/out" }
    /// Where it goes as an archive.
    var zip: String { folder.path + "/out.zip" }

    /// Puts portraits `E-1` and so on there, each with a picture of its own.
    func place(_ count: Int, attributes: (Int) -> PersonAttributes = { PersonAttributes(name: "Ann \($0)") })
        async throws
    {
        for number in 1...count {
            await device.place(try PortraitID("E-\(number)"), attributes(number), try Picture.jpeg(number))
        }
    }

    /// Puts one portrait there.
    func place(_ id: String, _ attributes: PersonAttributes, picture: Int = 1) async throws {
        await device.place(PortraitID(asListed: id), attributes, try Picture.jpeg(picture))
    }

    /// The job, into a folder or, with a passphrase, into an archive.
    func makeJob(
        _ selection: ExportSelection = ExportSelection(),
        from request: LibraryRequest? = nil,
        passphrase: Secret? = nil,
        isRehearsal: Bool = false
    ) -> ExportJob {
        ExportJob(
            record: JobRecord(
                id: job,
                command: "export",
                source: "hq:staff",
                target: "out",
                directory: folder.path,
                options: "{}",
                started: 1
            ),
            request: request
                ?? LibraryRequest(title: "hq:staff", place: .device(device, library: InMemoryDevice.libraryName)),
            target: passphrase == nil ? target : zip,
            passphrase: passphrase,
            selection: selection,
            isRehearsal: isRehearsal,
            ledger: ledger,
            progress: ProgressBoard(),
            clock: clock
        )
    }

    /// Runs the job.
    @discardableResult
    func run(
        _ selection: ExportSelection = ExportSelection(),
        from request: LibraryRequest? = nil,
        passphrase: Secret? = nil
    ) async throws -> String? {
        try await makeJob(selection, from: request, passphrase: passphrase).run()
    }

    /// A folder, a spreadsheet or an archive in the folder.
    func source(_ name: String) throws -> LibraryRequest {
        LibraryRequest(title: name, place: .source(try folder.open(name), FilePath(folder.path + "/" + name)))
    }

    func outcomes() async throws -> [Outcome: Int] { try await ledger.outcomes(of: job) }

    func results() async throws -> [String: RowResult] {
        let page = try await ledger.results(of: job, after: nil, limit: 10_000)
        return Dictionary(page.rows.map { ($0.imgID, $0) }) { first, _ in first }
    }

    /// The names in the target.
    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: target).sorted() }

    /// What an import would read: the rows by their ids, each with its attributes and the bytes of its photo.
    func readBack(_ name: String = "out", passphrase: Secret? = nil) async throws -> [String: ReadRow] {
        let source = try SourceOpener.open(
            name,
            workingDirectory: folder.path,
            pictures: PictureTest(isPictureExtension: { $0 == "jpg" }, isPictureContent: { _ in false }),
            passphrase: passphrase
        )
        var rows: [String: ReadRow] = [:]
        for try await row in source.rows() {
            let valid = try RowValidator().validate(row).get()
            let id = try #require(valid.id?.text ?? row.imgID)
            #expect(rows[id] == nil)
            rows[id] = ReadRow(attributes: valid.attributes, photo: try row.photo.map { try PhotoFile.read($0) })
        }
        return rows
    }
}

/// A row that was read back.
struct ReadRow: Equatable {
    var attributes: PersonAttributes
    var photo: [UInt8]?
}
