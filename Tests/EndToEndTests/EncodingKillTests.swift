// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Testing

/// Imports and mirrors with `--encoding` that are killed: what was told counts when they are taken up.
///
/// Without it the names would be read as CP850, Tønu, or the table be in doubt.
@Suite(.serialized, .timeLimit(.minutes(15))) struct EncodingKillTests {
    private static let count = 48

    enum Kind: String, CaseIterable, Sendable { case folder, table }
    enum Way: String, CaseIterable, Sendable { case `import`, mirror }

    @Test(arguments: Kind.allCases, Way.allCases)
    func whatWasToldOfTheEncodingCountsAfterAKill(_ kind: Kind, _ way: Way) async throws {
        let set = try await PortraitSet.drawn("--count", "60", "--bad", "0", "--seed", "12", "--folder")
        try await Workplace.with(["--quirk", "slow=100"], settings: "batch_size = 4") { place in
            try Self.write(kind, set, to: place.folder.appending(path: "new").path)
            let library = try await place.facelib("library", "create", "hq:Staff", "--type", "whitelist")
            #expect(library.status == 0, "\(library.errors)")
            let first = try place.start([way.rawValue, "new", "hq:Staff", "--encoding", "macintosh", "--json"])
            while first.process.isRunning, try await place.device.state().storedTotal < 9 {}
            first.kill()
            #expect(try await first.wait().status == -SIGKILL, "it ended before it was killed")
            let half = try await place.device.state().storedTotal
            #expect((9..<Self.count).contains(half))

            let job = try JobLine.first(of: try await place.facelib("job", "list", "--json"))
            let resumed = try await place.facelib("job", "resume", job.job, "--json")
            #expect(resumed.status == 0, "\(resumed.errors)")
            let state = try await place.device.state()
            let portraits = state.portraits(of: "Staff")
            #expect(Set(portraits.map(\.name)) == Set((1...Self.count).map { "Tõnu \($0)" }))
            #expect(portraits.count == Self.count && state.storedTotal == Self.count)
        }
    }

    /// Writes the source, whose names are in the encoding of old Macs.
    private static func write(_ kind: Kind, _ set: PortraitSet, to folder: String) throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        var lines = [Array("photo,name,img_id\n".utf8)]
        for (number, photo) in zip(1...count, set.truth) {
            let name = [UInt8(ascii: "T"), 0x9B] + Array("nu \(number)".utf8)
            let plain = "p\(number).jpg"
            let spelled = kind == .folder ? name + Array("_E-\(number)_#_1_31_Tartu.jpg".utf8) : Array(plain.utf8)
            let from = set.source.appending(path: photo.source).path
            let to = (Array("\(folder)/".utf8) + spelled + [0]).map { CChar(bitPattern: $0) }
            guard try copy(from, to) else { throw SimulatedDevice.Failure(text: from) }
            lines.append(Array("\(plain),".utf8) + name + Array(",E-\(number)\n".utf8))
        }
        if kind == .table { try Data(lines.flatMap(\.self)).write(to: URL(filePath: "\(folder)/people.csv")) }
    }

    /// Copies a file to a name of any bytes.
    private static func copy(_ from: String, _ to: [CChar]) throws -> Bool {
        let bytes = Array(try Data(contentsOf: URL(filePath: from)))
        let file = open(to, O_WRONLY | O_CREAT | O_EXCL, 0o644)
        guard file >= 0 else { return false }
        defer { close(file) }
        return Glibc.write(file, bytes, bytes.count) == bytes.count
    }
}
