// SPDX-License-Identifier: Apache-2.0
import BenchmarkParts
import FaceTransport

/// Writes an image as base64 into the pieces of a request's body that libcurl asks for.
final class Base64Encoding: HotPath {
    private let image: [UInt8]
    private var piece = [UInt8](repeating: 0, count: 256 << 10)

    init() {
        var numbers = SeededNumbers(seed: 2)
        image = numbers.bytes(200_000)
    }

    func walk() {
        var written = 0
        piece.withUnsafeMutableBytes { piece in
            image.withUnsafeBytes { image in
                while case let count = Base64.encode(image, from: written, into: piece), count > 0 { written += count }
            }
        }
        precondition(written == Base64.encodedCount(of: image.count), "the image was encoded whole")
    }
}
