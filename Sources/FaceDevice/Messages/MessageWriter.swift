// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceTransport

/// Writes one JSON message as it is sent; `msg_id` comes first, as a string.
struct MessageWriter {
    /// What came before the last image, and the images themselves, which are encoded while they leave.
    private var segments: [BodySegment] = []
    /// What follows the last image.
    private var bytes: [UInt8] = []

    /// Begins a message.
    init(_ message: Message) {
        bytes.append(UInt8(ascii: "{"))
        bytes.appendJSON("msg_id")
        bytes.append(UInt8(ascii: ":"))
        bytes.appendJSON(message.id)
    }

    private mutating func key(_ name: String) {
        bytes.append(UInt8(ascii: ","))
        bytes.appendJSON(name)
        bytes.append(UInt8(ascii: ":"))
    }

    mutating func field(_ name: String, _ value: String) {
        key(name)
        bytes.appendJSON(value)
    }

    mutating func field(_ name: String, _ value: Int) {
        key(name)
        bytes.append(contentsOf: String(value).utf8)
    }

    mutating func field(_ name: String, _ value: JSONValue) {
        key(name)
        bytes.appendJSON(value)
    }

    mutating func image(_ name: String, _ image: OutgoingImage, fileName: String) {
        key(name)
        append(image, fileName: fileName)
    }

    mutating func images(_ name: String, _ images: [(fileName: String, image: OutgoingImage)]) {
        key(name)
        bytes.append(UInt8(ascii: "["))
        for (index, item) in images.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(item.image, fileName: item.fileName)
        }
        bytes.append(UInt8(ascii: "]"))
    }

    /// `{"filename": …, "data": "data:image/jpg;base64,…"}`, the prefix as in the device's examples (interface P13).
    private mutating func append(_ image: OutgoingImage, fileName: String) {
        bytes.append(contentsOf: "{\"filename\":".utf8)
        bytes.appendJSON(fileName)
        bytes.append(contentsOf: ",\"data\":\"data:image/\(image.prefixWord);base64,".utf8)
        segments.append(.plain(bytes))
        segments.append(.base64(image.bytes))
        bytes.removeAll(keepingCapacity: true)
        bytes.append(contentsOf: "\"}".utf8)
    }

    /// Ends the message.
    consuming func finish() -> HTTPRequest.Body {
        bytes.append(UInt8(ascii: "}"))
        return .segments(segments + [.plain(bytes)], contentType: "application/json")
    }
}
