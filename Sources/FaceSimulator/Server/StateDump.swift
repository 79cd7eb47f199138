// SPDX-License-Identifier: Apache-2.0
import Hummingbird

/// The whole state of a simulated device as JSON, written in pieces so that a large library takes no memory.
struct StateDump: Sendable {
    let appliance: Appliance

    /// Writes the state, in pieces of up to 500 portraits or records.
    ///
    /// What no call will see any more for its age does not stand in it.
    @concurrent func write(to writer: inout any ResponseBodyWriter) async throws {
        try await appliance.store.expirePortraits()
        try await writer.write(ByteBuffer(bytes: Array("{\"libraries\":[".utf8)))
        let libraries = try await appliance.store.libraries().records
        for (index, library) in libraries.enumerated() {
            try await writer.write(ByteBuffer(bytes: Array((index == 0 ? "\n" : ",\n").utf8)))
            try await write(library, to: &writer)
        }
        try await writer.write(ByteBuffer(bytes: Array("],\n\"cameras\":".utf8)))
        let cameras = ReplyValue.list(try await appliance.store.cameras().map { $0.shown() })
        try await writer.write(ByteBuffer(bytes: Self.json(cameras) + Array(",\n\"records\":{".utf8)))
        for (index, kind) in RecordKind.allCases.enumerated() {
            try await writer.write(ByteBuffer(bytes: Array("\(index == 0 ? "" : ",")\"\(kind.rawValue)\":[".utf8)))
            try await write(kind, to: &writer)
        }
        try await writer.write(ByteBuffer(bytes: Array("},".utf8) + Self.json(try await totals()).dropFirst()))
    }

    @concurrent private func write(_ kind: RecordKind, to writer: inout any ResponseBodyWriter) async throws {
        var last = 0
        while true {
            let records = try await appliance.store.recordDigests(kind, after: last)
            var bytes: [UInt8] = []
            for record in records {
                let value = ReplyValue.object([("snap_id", .text(record.snapID)), ("sha256", .text(record.sha256))])
                bytes += Array((last == 0 ? "\n" : ",\n").utf8) + Self.json(value)
                last = record.number
            }
            guard !bytes.isEmpty else { break }
            try await writer.write(ByteBuffer(bytes: bytes))
        }
        try await writer.write(ByteBuffer(bytes: Array("]".utf8)))
    }

    @concurrent private func write(_ library: StoredLibrary, to writer: inout any ResponseBodyWriter) async throws {
        let head = ReplyValue.object([
            ("lib_id", .integer(library.id)), ("lib_name", .text(library.name)), ("lib_type", .integer(library.type)),
        ])
        try await writer.write(ByteBuffer(bytes: Self.json(head).dropLast() + Array(",\"portraits\":[".utf8)))
        var last: String?
        while true {
            let portraits = try await appliance.store.portraitsByID(in: library.id, after: last)
            var bytes: [UInt8] = []
            for portrait in portraits {
                bytes += Array((last == nil ? "\n" : ",\n").utf8) + Self.json(Self.value(portrait))
                last = portrait.imgID
            }
            guard !bytes.isEmpty else { break }
            try await writer.write(ByteBuffer(bytes: bytes))
        }
        try await writer.write(ByteBuffer(bytes: Array("]}".utf8)))
    }

    private func totals() async throws -> ReplyValue {
        let shown = appliance.counters.shown
        let tally = try await appliance.store.tally()
        let calls = shown.calls.sorted { $0.key < $1.key }.map { (String($0.key), ReplyValue.integer($0.value)) }
        return .object([
            ("calls", .object(calls)), ("downloads", .integer(shown.downloads)), ("archives", .integer(shown.archives)),
            ("logins", .integer(shown.logins)),
            ("stored_total", .integer(tally.stored)), ("deleted_total", .integer(tally.deleted)),
            ("expired_total", .integer(tally.expired)),
        ])
    }

    private static func value(_ portrait: StoredPortrait) -> ReplyValue {
        .object([
            ("img_id", .text(portrait.imgID)), ("name", .text(portrait.person.name)),
            ("identity", .text(portrait.person.identity)), ("gender", .text(portrait.person.gender)),
            ("age", .text(portrait.person.age)), ("address", .text(portrait.person.address)),
            ("sha256", .text(portrait.sha256)), ("received_sha256", .text(portrait.receivedSHA256)),
            ("bytes", .integer(portrait.byteCount)), ("create_time", .text(portrait.createTime)),
            ("img_path", .text(portrait.imgPath)),
        ])
    }

    private static func json(_ value: ReplyValue) -> [UInt8] {
        var writer = JSONWriter()
        writer.value(value)
        return writer.bytes
    }
}
