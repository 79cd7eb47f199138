// SPDX-License-Identifier: Apache-2.0
import FaceDevice

/// A record on its way from the listing to the table, as the journals of an export keep it.
struct RecordEntry: Sendable, Equatable {
    /// Its place in the listing, counted from 0.
    let ordinal: Int
    /// Its id, with a number behind it where several records have the same: the row's key in the ledger.
    let key: String
    /// The file of its image, `""` while it has none.
    var image = ""
    /// The beginning of the image's SHA-256.
    var imageDigest: UInt64 = 0
    /// What the device said of it; words are left out, since they follow from the codes.
    var record: DeviceRecord
}

extension RecordEntry {
    /// The longest entry that is believed.
    static let longest = 64 << 20
    /// Stands for the length of a masked value.
    private static let masked = UInt32.max

    /// The entry as bytes, with their count in the first four.
    var encoded: [UInt8] {
        var bytes: [UInt8] = []
        func add(_ number: some FixedWidthInteger) {
            for shift in stride(from: 0, to: number.bitWidth, by: 8) {
                bytes.append(UInt8(truncatingIfNeeded: number >> shift))
            }
        }
        func add(_ text: String) {
            add(UInt32(text.utf8.count))
            bytes += Array(text.utf8)
        }
        add(UInt64(ordinal))
        add(imageDigest)
        for text in [key, image, record.id, record.imagePath, record.matchedImagePath] { add(text) }
        add(UInt32(record.fields.count))
        for field in record.fields {
            add(field.name)
            if let text = field.text { add(text) } else { add(Self.masked) }
        }
        let content = bytes
        bytes = []
        add(UInt32(content.count))
        return bytes + content
    }

    /// Reads what ``encoded`` wrote, without its count; `nil` for what a power cut left.
    init?(encoded bytes: [UInt8]) {
        var place = 0
        func number(_ width: Int) -> UInt64? {
            guard bytes.count - place >= width else { return nil }
            defer { place += width }
            return bytes[place..<place + width].reversed().reduce(0) { $0 << 8 | UInt64($1) }
        }
        func text(of length: UInt64) -> String? {
            guard UInt64(bytes.count - place) >= length else { return nil }
            defer { place += Int(length) }
            return String(validating: bytes[place..<place + Int(length)], as: UTF8.self)
        }
        func text() -> String? { number(4).flatMap(text(of:)) }
        guard let ordinal = number(8).flatMap({ Int(exactly: $0) }), let digest = number(8), let key = text(),
            let image = text(), let id = text(), let path = text(), let matched = text(), let count = number(4)
        else { return nil }
        var fields: [DeviceRecord.Field] = []
        for _ in 0..<count {
            guard let name = text(), let length = number(4) else { return nil }
            if length == UInt64(Self.masked) {
                fields.append(.init(name: name, text: nil))
            } else {
                guard let value = text(of: length) else { return nil }
                fields.append(.init(name: name, text: value))
            }
        }
        guard place == bytes.count else { return nil }
        let record = DeviceRecord(id: id, imagePath: path, matchedImagePath: matched, fields: fields)
        self.init(ordinal: ordinal, key: key, image: image, imageDigest: digest, record: record)
    }
}
