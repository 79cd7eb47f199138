// SPDX-License-Identifier: Apache-2.0
import FaceImaging
import FaceModel
import Testing

/// Small pictures for tests: soft squares, the same for the same seed, clearly others for another.
enum Picture {
    static let side = 96
    private static let workshop = ImageWorkshop(limits: ImageLimits(), profile: .off)

    /// A JPEG.
    static func jpeg(_ seed: Int) throws -> [UInt8] {
        try #require(workshop.thumbnail(of: bitmap(seed), side: side))
    }

    /// The same picture as ``jpeg(_:)`` in another size, as a device might keep it.
    static func again(_ jpeg: [UInt8]) -> [UInt8] { workshop.thumbnail(of: jpeg, side: 80) ?? jpeg }

    /// The hash of a picture, as the preparation makes it.
    static func hash(_ jpeg: [UInt8]) -> [UInt64] { workshop.hash(of: jpeg)?.words ?? [] }

    /// A BMP of 24 bits.
    static func bitmap(_ seed: Int) -> [UInt8] {
        var numbers = SeededNumbers(UInt64(truncatingIfNeeded: seed))
        let squares = (0..<64).map { _ in UInt8.random(in: 20...235, using: &numbers) }
        let size = side * side * 3
        var bytes: [UInt8] = [0x42, 0x4D] + number(54 + size) + number(0) + number(54) + number(40)
        bytes += number(side) + number(side) + [1, 0, 24, 0] + number(0) + number(size)
        bytes += number(2835) + number(2835) + number(0) + number(0)
        for y in 0..<side {
            for x in 0..<side {
                let shade = squares[y * 8 / side * 8 + x * 8 / side]
                bytes += [shade, shade / 2 + 40, 255 - shade / 2]
            }
        }
        return bytes
    }

    private static func number(_ value: Int) -> [UInt8] {
        (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
    }
}
