// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import FaceArchive

@Suite struct DirectoryParserTests {
    private static let records: [DirectoryRecord] = [
        record("a", size: 7, offset: 0),
        record("longer name", size: 0, offset: 44, extra: field(0x5455, [1, 2, 3, 4, 5])),
        record("wide", size: 5 << 32, offset: 9 << 40, extra: field(0x7075, [1]), comment: [1, 2, 3]),
        record("far", size: 1, offset: 0xffff_ffff),
    ]

    @Test func recordsSurviveEveryPlaceOfSplitting() throws {
        let bytes = try Self.records.flatMap { try $0.bytes() }
        let whole = try parse([bytes])
        #expect(whole.map(\.name) == Self.records.map(\.name))
        #expect(whole.map(\.size) == Self.records.map(\.size))
        #expect(whole.map(\.compressedSize) == Self.records.map(\.compressedSize))
        #expect(whole.map(\.offset) == Self.records.map(\.offset))
        #expect(whole.map(\.comment) == Self.records.map(\.comment))
        for place in 0...bytes.count {
            #expect(try parse([Array(bytes[..<place]), Array(bytes[place...])]) == whole)
        }
        #expect(try parse(bytes.map { [$0] }) == whole)
    }

    @Test func bytesAreAgainTheRecord() throws {
        for record in Self.records {
            let once = try parse([record.bytes()])
            #expect(try parse([once[0].bytes()]) == once)
        }
    }

    @Test func chanceBytesNeverCrash() throws {
        var random = Random(seed: 42)
        let good = try Self.records.flatMap { try $0.bytes() }
        for _ in 0..<3_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = UInt8(truncatingIfNeeded: random.next())
            }
            var check = DirectoryCheck(.standard, .utf8)
            do throws(ArchiveError) {
                for (index, record) in try parse([bytes]).enumerated() { try check.take(record, number: index + 1) }
                try check.finish(directoryOffset: random.next())
            } catch {
                #expect(!error.message.isEmpty)
            }
        }
    }

    @Test func chanceEndsNeverCrash() {
        var random = Random(seed: 43)
        var builder = ZipBuilder(.init("a"), .init("b"))
        builder.isWide = true
        let good = builder.bytes
        for _ in 0..<3_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let place = Int.random(in: (good.count - 98)..<good.count, using: &random)
                bytes[place] = UInt8(truncatingIfNeeded: random.next())
            }
            guard var end = try? ZipEnd(tail: bytes, fileSize: UInt64(bytes.count), startsAsZip: true) else { continue }
            if let offset = end.wideOffset {
                #expect(offset + 56 <= UInt64(bytes.count))
                guard (try? end.widen(Array(bytes[Int(offset)...].prefix(56)))) != nil else { continue }
            }
            #expect(end.directoryOffset + end.directorySize <= UInt64(bytes.count))
        }
    }

    @Test func numbersTooLargeForZIP64FieldAreRefused() throws {
        var bytes = try Self.record("a", size: 1, offset: 0xffff_ffff).bytes()
        bytes[bytes.count - 10] = 4
        #expect(throws: ArchiveError.self) { try parse([bytes]) }
    }

    private func parse(_ pieces: [[UInt8]]) throws(ArchiveError) -> [DirectoryRecord] {
        var parser = DirectoryParser()
        var records: [DirectoryRecord] = []
        for piece in pieces { records += try parser.feed(piece) }
        return records
    }

    private static func record(
        _ name: String,
        size: UInt64,
        offset: UInt64,
        extra: [UInt8] = [],
        comment: [UInt8] = []
    ) -> DirectoryRecord {
        let builder = ZipBuilder(.init(name, []))
        let bytes = builder.bytes
        guard var record = try? DirectoryRecord(bytes, at: 30 + name.utf8.count) else {
            preconditionFailure("the builder makes records")
        }
        record.size = size
        record.compressedSize = size
        record.offset = offset
        record.extra = extra
        record.comment = comment
        return record
    }
}
