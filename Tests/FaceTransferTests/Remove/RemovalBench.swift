// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceImaging
import FaceLedger
import FaceModel
import FacePipeline
import Foundation
import SystemPackage
import Testing

@testable import FaceLibraries
@testable import FaceSources
@testable import FaceTransfer
@testable import FaceUpload

/// Twelve people on a device, who came from a folder, a table or a zip.
///
/// Then one of them leaves, and something happens
/// to the source of the others.
final class RemovalBench {
    /// Which command removes.
    enum Way: String, CaseIterable, Sendable { case `import`, mirror }

    /// What the people come from.
    enum Kind: Sendable { case folder, table, zip, zippedTable }

    /// What came of a run.
    enum End {
        case done
        case stopped(String)
        case failed(String)
    }

    static let people = Array(1...12)
    static let leaver = 12

    let device = InMemoryDevice()
    let folder: SourceFolder
    private let ledger: SQLiteLedger
    private let kind: Kind
    private let way: Way
    private var round = 0
    /// What was told about the source.
    private(set) var said: [String] = []

    init(_ kind: Kind, _ way: Way) throws {
        (self.kind, self.way) = (kind, way)
        folder = try SourceFolder()
        ledger = try SQLiteLedger.inMemory()
    }

    // MARK: People

    /// An id with a zero that a spreadsheet would take.
    static func id(_ number: Int) -> String { String("0\(number + 100)") }
    static func name(_ number: Int) -> String { "Person \(number)" }
    static func photo(_ number: Int) -> String { "\(name(number))_\(id(number))_#_#_#_#" }
    static func line(_ number: Int) -> String { "p\(number).jpg,\(name(number)),\(id(number))" }
    static let header = "photo,name,img_id"

    /// Writes the source with some people.
    func fill(_ people: [Int]) throws {
        try? FileManager.default.removeItem(atPath: folder.path + "/new")
        try FileManager.default.createDirectory(atPath: folder.path + "/new", withIntermediateDirectories: true)
        switch kind {
        case .folder: for number in people { try put(number, "new/\(Self.photo(number)).jpg") }
        case .table:
            for number in people { try put(number, "new/p\(number).jpg") }
            try write(table: people.map(Self.line))
        case .zip: try write(zip: people.map { ("\(Self.photo($0)).jpg", try Picture.jpeg($0)) })
        case .zippedTable:
            let table = ([Self.header] + people.map(Self.line)).joined(separator: "\n")
            try write(zip: [("people.csv", Array(table.utf8))] + people.map { ("p\($0).jpg", try Picture.jpeg($0)) })
        }
    }

    func put(_ number: Int, _ place: String) throws {
        try folder.write(try Picture.jpeg(number), to: Array(place.utf8))
    }

    func put(_ bytes: [UInt8], _ place: String) throws { try folder.write(bytes, to: Array(place.utf8)) }

    func write(table lines: [String], header: String = header) throws {
        try folder.write(([header] + lines).joined(separator: "\r\n") + "\r\n", to: "new/people.csv")
    }

    func write(zip entries: [(String, [UInt8])]) throws {
        var zip = StoredZip()
        for (name, content) in entries { zip.add(name, content) }
        try folder.write(zip.finish(), to: Array("new.zip".utf8))
    }

    func move(_ place: String, to other: String) throws {
        let to = folder.path + "/" + other
        let above = FilePath(to).removingLastComponent().string
        try FileManager.default.createDirectory(atPath: above, withIntermediateDirectories: true)
        try FileManager.default.moveItem(atPath: folder.path + "/" + place, toPath: to)
    }

    func remove(_ place: String) throws { try FileManager.default.removeItem(atPath: folder.path + "/" + place) }

    // MARK: Runs

    /// The ids on the device.
    func ids() async -> [String] { await device.portraits.map(\.id.text).sorted() }

    /// Runs the command over the source.
    func run(removes: Bool, source typed: String? = nil, limit: DeleteLimit = .count(2)) async throws -> End {
        round += 1
        do {
            let isZip = kind == .zip || kind == .zippedTable
            let typed = typed ?? (isZip ? "new.zip" : "new")
            let source = try SourceOpener.open(typed, workingDirectory: folder.path, pictures: .real)
            defer { said = source.notices.map(\.text) }
            switch way {
            case .import: try await runImport(source, removes, limit)
            case .mirror: try await runMirror(source, typed, removes, limit)
            }
            return .done
        } catch let stop as SafetyStop {
            return .stopped(stop.message)
        } catch {
            return .failed("\(error)")
        }
    }

    private var record: JobRecord {
        var record = JobRecord.forTests("20261122-1015\(round + 10)-3f", started: Double(round))
        record.command = way.rawValue
        return record
    }

    private var request: DestinationRequest {
        DestinationRequest(device: device, settings: .forTests, library: InMemoryDevice.libraryName)
    }

    private func runImport(_ source: any PortraitSource, _ removes: Bool, _ limit: DeleteLimit) async throws {
        try await ImportJob(
            record: record,
            source: source,
            target: request,
            options: ImportOptions(updates: true, removes: removes, deleteLimit: limit),
            ledger: ledger,
            workshop: ImageWorkshop(limits: ImageLimits(), profile: .off),
            progress: ProgressBoard(),
            clock: InstantClock()
        ).run()
    }

    private func runMirror(
        _ source: any PortraitSource,
        _ typed: String,
        _ removes: Bool,
        _ limit: DeleteLimit
    ) async throws {
        let results = try await MirrorJob(
            source: LibraryRequest(title: typed, place: .source(source, FilePath(folder.path + "/" + typed))),
            targets: [MirrorTarget(record: record, request: request, limits: ImageLimits())],
            options: .with {
                $0.removes = removes
                $0.deleteLimit = limit
            },
            ledger: ledger,
            scratch: folder.path,
            progress: ProgressBoard(),
            clock: InstantClock()
        ).run()
        if let failure = results.first?.failure { throw failure }
    }
}

extension PictureTest {
    /// What the program takes for a picture.
    static var real: PictureTest {
        PictureTest(
            isPictureExtension: ImageFormat.isPictureExtension,
            isPictureContent: { ImageFormat(firstBytes: $0) != nil }
        )
    }
}
