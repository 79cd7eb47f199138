// SPDX-License-Identifier: Apache-2.0
import FaceTransport
import Foundation
import Testing

@Suite struct Base64Tests {
    @Test(arguments: [
        ("", ""), ("f", "Zg=="), ("fo", "Zm8="), ("foo", "Zm9v"), ("foob", "Zm9vYg=="), ("fooba", "Zm9vYmE="),
        ("foobar", "Zm9vYmFy"),
    ])
    func knownVectorsGoBothWays(plain: String, encoded: String) {
        #expect(String(decoding: encode(Array(plain.utf8)), as: UTF8.self) == encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
    }

    @Test func randomBytesMatchFoundation() {
        var generator = SystemRandomNumberGenerator()
        for count in [1, 2, 3, 57, 1000, 65_537] {
            let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            let output = encode(bytes)
            #expect(output.count == Base64.encodedCount(of: count))
            #expect(output == Array(Data(bytes).base64EncodedString().utf8))
            #expect(Base64.decode(String(decoding: output, as: UTF8.self)) == bytes)
        }
    }

    @Test(arguments: [1, 2, 3, 4, 5, 7, 8, 1000])
    func roomOfAnySizeIsFilledOneAfterAnother(room: Int) {
        for count in 0...20 {
            let bytes = (0..<count).map { UInt8($0 * 37 % 256) }
            #expect(encode(bytes, room: room) == Array(Data(bytes).base64EncodedString().utf8))
        }
    }

    /// Encodes bytes into one piece of room after another.
    private func encode(_ bytes: [UInt8], room: Int = 4096) -> [UInt8] {
        var output: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: room)
        repeat {
            let written = bytes.withUnsafeBytes { bytes in
                piece.withUnsafeMutableBytes { Base64.encode(bytes, from: output.count, into: $0) }
            }
            output += piece[..<written]
            if written == 0 { break }
        } while output.count < Base64.encodedCount(of: bytes.count)
        return output
    }

    @Test(arguments: [("Zm9v\r\nYmFy\n", "foobar"), (" Zg = = ", "f"), ("Zm8", "fo"), ("Zg", "f")])
    func whiteSpaceAndMissingPaddingAreTaken(text: String, plain: String) {
        #expect(Base64.decode(text) == Array(plain.utf8))
    }

    @Test(arguments: ["Z", "Zm9vY", "Zm9\u{FFFD}", "Zm-_", "Zg==Zg", "Zm9v!"])
    func anythingElseIsRefused(text: String) {
        #expect(Base64.decode(text) == nil)
    }
}
