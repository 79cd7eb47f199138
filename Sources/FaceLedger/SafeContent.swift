// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// What a seal hides: attributes and image as bytes.
///
/// A byte for the layout; name, identity code and address, each with its length; gender and age as text in
/// the same way, empty for none; then the image.
struct SafeContent: Hashable {
    private static let layout: UInt8 = 1

    var attributes: PersonAttributes
    var image: [UInt8]

    init(attributes: PersonAttributes, image: [UInt8]) {
        self.attributes = attributes
        self.image = image
    }

    var bytes: [UInt8] {
        var writer = ByteWriter()
        writer.bytes.append(Self.layout)
        let gender = attributes.gender.map { String($0.rawValue) }
        let age = attributes.age.map { String($0) }
        for text in [attributes.name, attributes.identity, attributes.address, gender ?? "", age ?? ""] {
            writer.append(text)
        }
        return writer.bytes + image
    }

    /// Reads what ``bytes`` made; `nil` for another layout.
    init?(bytes: [UInt8]) {
        guard bytes.first == Self.layout else { return nil }
        var rest = bytes.dropFirst()
        guard let name = Self.text(&rest), let identity = Self.text(&rest), let address = Self.text(&rest),
            let gender = Self.text(&rest), let age = Self.text(&rest)
        else { return nil }
        attributes = PersonAttributes(
            name: name,
            identity: identity,
            gender: Int(gender).flatMap(Gender.init(rawValue:)),
            age: Int(age),
            address: address
        )
        image = Array(rest)
    }

    private static func text(_ rest: inout ArraySlice<UInt8>) -> String? {
        guard rest.count >= 4 else { return nil }
        let length = rest.prefix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        rest = rest.dropFirst(4)
        guard rest.count >= length else { return nil }
        defer { rest = rest.dropFirst(length) }
        return String(decoding: rest.prefix(length), as: UTF8.self)
    }
}

/// Puts texts one after another, each with its length in four bytes, the lowest first.
struct ByteWriter {
    var bytes: [UInt8] = []

    mutating func append(_ text: String) {
        let length = UInt32(text.utf8.count)
        for shift in stride(from: UInt32(0), to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: length >> shift)) }
        bytes += text.utf8
    }
}
