// SPDX-License-Identifier: Apache-2.0
import FaceModel

@testable import FaceSimulator

/// Pictures built in code: patterns, no faces.
enum Pictures {
    static let size = PixelSize(width: 48, height: 64)

    /// A JPEG of a pattern that depends on `seed`, with a comment for the fixture markers.
    static func jpeg(seed: Int = 0, size: PixelSize = size, comment: String? = nil) throws -> [UInt8] {
        let raster = PixelRaster(size: size, layout: .rgb, bytes: rgb(seed: seed, size: size))
        guard let bytes = JPEGCodec.encoded(raster) else { throw Unbuilt() }
        guard let comment else { return bytes }
        let length = comment.utf8.count + 2
        let segment = [0xFF, 0xFE, UInt8(length >> 8), UInt8(length & 0xFF)] + Array(comment.utf8)
        return Array(bytes[..<2]) + segment + Array(bytes[2...])
    }

    /// A PNG with one stored deflate block a row.
    static func png(comment: String? = nil) -> [UInt8] {
        let row = 1 + size.width * 3
        let pixels = rgb(seed: 1, size: size)
        var raw: [UInt8] = []
        for y in 0..<size.height { raw += [0] + pixels[(y * (row - 1))..<((y + 1) * (row - 1))] }
        var zlib: [UInt8] = [0x78, 0x01]
        for start in stride(from: 0, to: raw.count, by: row) {
            let block = raw[start..<min(start + row, raw.count)]
            let count = UInt16(block.count)
            zlib.append(start + row >= raw.count ? 1 : 0)
            zlib += [UInt8(count & 0xFF), UInt8(count >> 8), UInt8(~count & 0xFF), UInt8(~count >> 8)] + block
        }
        var low: UInt32 = 1
        var high: UInt32 = 0
        for byte in raw {
            low = (low + UInt32(byte)) % 65_521
            high = (high + low) % 65_521
        }
        zlib += big(high << 16 | low)
        let header = big(UInt32(size.width)) + big(UInt32(size.height)) + [8, 2, 0, 0, 0]
        let text = comment.map { chunk("tEXt", Array("Comment".utf8) + [0] + Array($0.utf8)) } ?? []
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header) + text + chunk("IDAT", zlib)
            + chunk("IEND", [])
    }

    /// A BMP of 24 bits a pixel.
    static func bmp() -> [UInt8] {
        let stride = (size.width * 24 + 31) / 32 * 4
        let head =
            [0x42, 0x4D] + little(UInt32(54 + stride * size.height)) + little(0) + little(54) + little(40)
            + little(UInt32(size.width)) + little(UInt32(size.height)) + [1, 0, 24, 0] + little(0) + little(0)
            + little(0)
            + little(0) + little(0) + little(0)
        return head + [UInt8](repeating: 0x80, count: stride * size.height)
    }

    /// A grey TIFF with a single strip.
    static func tiff() -> [UInt8] {
        let pixels = [UInt8](repeating: 0x80, count: size.area)
        let entries: [(UInt16, UInt32)] = [
            (256, UInt32(size.width)), (257, UInt32(size.height)), (258, 8), (259, 1), (262, 1), (273, 8), (277, 1),
            (278, UInt32(size.height)), (279, UInt32(pixels.count)),
        ]
        var directory = [UInt8(entries.count), 0]
        for (tag, value) in entries {
            directory += [UInt8(tag & 0xFF), UInt8(tag >> 8), 4, 0] + little(1) + little(value)
        }
        return [0x49, 0x49, 0x2A, 0] + little(UInt32(8 + pixels.count)) + pixels + directory + little(0)
    }

    private struct Unbuilt: Error {}

    private static func rgb(seed: Int, size: PixelSize) -> [UInt8] {
        (0..<size.area * 3).map { UInt8(($0 / 7 + seed * 31) % 200) }
    }

    private static func chunk(_ type: String, _ body: [UInt8]) -> [UInt8] {
        let content = Array(type.utf8) + body
        return big(UInt32(body.count)) + content + big(crc(content))
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var crc: UInt32 = 0xFFFF_FFFF
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
        }
        return ~crc
    }

    private static func big(_ number: UInt32) -> [UInt8] { little(number).reversed() }

    private static func little(_ number: UInt32) -> [UInt8] { (0..<4).map { UInt8(number >> ($0 * 8) & 0xFF) } }
}
