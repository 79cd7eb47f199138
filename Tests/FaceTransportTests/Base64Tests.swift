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
        var output = Array("before ".utf8)
        Base64.append(Array(plain.utf8), to: &output)
        #expect(String(decoding: output, as: UTF8.self) == "before " + encoded)
        #expect(Base64.decode(encoded) == Array(plain.utf8))
    }

    @Test func randomBytesMatchFoundation() {
        var generator = SystemRandomNumberGenerator()
        for count in [1, 2, 3, 57, 1000, 65_537] {
            let bytes = (0..<count).map { _ in UInt8.random(in: .min ... .max, using: &generator) }
            var output: [UInt8] = []
            Base64.append(bytes, to: &output)
            #expect(output.count == Base64.encodedCount(of: count))
            #expect(output == Array(Data(bytes).base64EncodedString().utf8))
            #expect(Base64.decode(String(decoding: output, as: UTF8.self)) == bytes)
        }
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
