// SPDX-License-Identifier: Apache-2.0
import BenchmarkParts
import FaceModel

/// A JPEG with the structure of a camera's, whose picture is noise: for what looks at its markers only.
enum CameraJPEG {
    static let size = PixelSize(width: 4000, height: 3000)

    /// Makes the file.
    ///
    /// - Parameter count: About how many bytes it has.
    /// - Returns: The file.
    static func bytes(_ count: Int) -> [UInt8] {
        var numbers = SeededNumbers(seed: 1)
        var file: [UInt8] = [0xFF, 0xD8]
        file += segment(0xE1, Array("Exif\0\0".utf8) + exif + numbers.bytes(12_000))
        file += segment(0xDB, [0] + Array(repeating: 2, count: 64))
        file += segment(0xC0, [8, 0x0B, 0xB8, 0x0F, 0xA0, 3, 1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0])
        file += segment(0xC4, [0x10] + Array(repeating: 1, count: 16) + Array(0..<16))
        file += segment(0xDA, [3, 1, 0, 2, 0x10, 3, 0x10, 0, 63, 0])
        file.reserveCapacity(count + 4)
        while file.count < count {
            // Photos have a byte of ones about every 600 bytes.
            let number = numbers.next()
            if number % 600 == 0 { file += [0xFF, 0] } else { file.append(UInt8(number &>> 32 % 255)) }
        }
        return file + [0xFF, 0xD9]
    }

    /// A directory with one entry: the picture stands as it was taken.
    private static let exif: [UInt8] =
        Array("MM".utf8) + [0, 42, 0, 0, 0, 8] + [0, 1] + [1, 0x12, 0, 3, 0, 0, 0, 1, 0, 1, 0, 0] + [0, 0, 0, 0]

    private static func segment(_ marker: UInt8, _ content: [UInt8]) -> [UInt8] {
        let length = content.count + 2
        return [0xFF, marker, UInt8(length >> 8), UInt8(length & 0xFF)] + content
    }
}
