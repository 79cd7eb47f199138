// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceModel
import Glibc
import Testing

@Suite("Keys that are made ahead for the entries that follow")
struct EntryKeysTests {
    static let passphrase = Secret("pass")
    static let contents = Dictionary(
        uniqueKeysWithValues: (0..<23).map { ("\($0).jpg", Content.noise(300 + $0, seed: UInt64($0))) }
    )

    /// In which order entries are read, some of them more than once.
    enum Order: String, CaseIterable, Sendable {
        case forwards, backwards, everyThird, twice

        func of(_ entries: [ZipEntry]) -> [ZipEntry] {
            switch self {
            case .forwards: entries
            case .backwards: entries.reversed()
            case .everyThird:
                (0..<3).flatMap { first in entries.enumerated().filter { $0.offset % 3 == first }.map(\.element) }
            case .twice: entries.flatMap { [$0, $0] } + entries
            }
        }
    }

    @Test("Open every entry, whatever the order", arguments: Order.allCases)
    func anyOrder(order: Order) throws {
        let scratch = try Scratch()
        let archive = try Self.archive(in: scratch)
        for entry in order.of(archive.entries) { #expect(try archive.read(entry) == Self.contents[entry.name]) }
    }

    @Test("Open every entry for readers that take turns and those that do not")
    func manyReaders() async throws {
        let scratch = try Scratch()
        _ = try Self.archive(in: scratch)
        for _ in 0..<4 {
            let archive = try ZipArchive(path: scratch.path("a.zip"), passphrase: Self.passphrase)
            await withTaskGroup(of: Bool.self) { group in
                for entry in archive.entries {
                    group.addTask { (try? archive.read(entry)) == Self.contents[entry.name] }
                }
                for await isRight in group { #expect(isRight) }
            }
        }
    }

    @Test("Are of the strength of each entry, in an archive that has several")
    func severalStrengths() throws {
        let scratch = try Scratch()
        for (number, name) in Self.contents.keys.sorted().enumerated() {
            try scratch.write(Self.contents[name] ?? [], name)
            let strength = ["AES128", "AES192", "AES256", "ZipCrypto"][number % 4]
            try scratch.run("/usr/bin/7z", ["a", "-tzip", "-mem=\(strength)", "-ppass", "mixed.zip", name])
        }
        let archive = try ZipArchive(path: scratch.path("mixed.zip"), passphrase: Self.passphrase)
        #expect(archive.entries.count == Self.contents.count)
        for entry in archive.entries { #expect(try archive.read(entry) == Self.contents[entry.name]) }
    }

    @Test("A damaged entry takes nothing from those beside it")
    func damagedNeighbour() throws {
        let scratch = try Scratch()
        let whole = try Self.archive(in: scratch)
        var bytes = try scratch.read("a.zip")
        // The header of the second entry: it stands where the first one ends.
        let signature: [UInt8] = [0x50, 0x4b, 3, 4]
        let second = try #require(bytes.indices.dropFirst().first { bytes[$0...].starts(with: signature) })
        bytes[second] = 0
        let archive = try ZipArchive(path: scratch.write(bytes, "damaged.zip"), passphrase: Self.passphrase)
        for entry in archive.entries.enumerated() {
            if entry.offset == 1 {
                #expect(throws: ArchiveError.self) { try archive.read(entry.element) }
            } else {
                #expect(try archive.read(entry.element) == Self.contents[entry.element.name])
            }
        }
        #expect(whole.entries == archive.entries)
    }

    @Test("Are not taken for an entry whose salt is another one by then")
    func fileThatChanges() throws {
        let scratch = try Scratch()
        let archive = try Self.archive(in: scratch)
        _ = try archive.read(archive.entries[0])
        let other = try Scratch()
        _ = try Self.archive(in: other)
        let bytes = try other.read("a.zip")
        let file = try #require(fopen(scratch.path("a.zip"), "r+"))
        #expect(fwrite(bytes, 1, bytes.count, file) == bytes.count)
        fclose(file)
        #expect(try archive.read(archive.entries[1]) == Self.contents[archive.entries[1].name])
    }

    private static func archive(in scratch: Scratch) throws -> ZipArchive {
        var writer = try ZipWriter(path: scratch.path("a.zip"), passphrase: passphrase)
        for (name, content) in contents { try writer.add(name, content) }
        try writer.finish()
        return try ZipArchive(path: scratch.path("a.zip"), passphrase: passphrase)
    }
}
