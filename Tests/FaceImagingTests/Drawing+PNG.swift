// SPDX-License-Identifier: Apache-2.0

/// The kinds of PNG that are written here, by hand, as no encoder of ours writes them all.
enum PNGKind: CaseIterable {
    case rgb, rgb16, grey, grey16, palette, alpha, greyAlpha, interlaced

    var type: UInt8 {
        switch self {
        case .grey, .grey16: 0
        case .rgb, .rgb16, .interlaced: 2
        case .palette: 3
        case .greyAlpha: 4
        case .alpha: 6
        }
    }

    var bits: UInt8 { self == .rgb16 || self == .grey16 ? 16 : 8 }
}

extension Drawing {
    /// This picture as a PNG file; with alpha, the middle of the picture is transparent black.
    func png(_ kind: PNGKind = .rgb, orientation: Int? = nil) -> [UInt8] {
        let header = big32(width) + big32(height) + [kind.bits, kind.type, 0, 0, kind == .interlaced ? 1 : 0]
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A] + chunk("IHDR", header)
        if kind == .palette {
            file += chunk("PLTE", [Self.red, Self.green, Self.blue, Self.yellow].flatMap(bytes))
        }
        file += chunk("IDAT", deflated(rows(kind)))
        if let orientation {
            file += chunk("eXIf", exif(orientation: orientation, isBigEndian: true))
        }
        return file + chunk("IEND", [])
    }

    private func rows(_ kind: PNGKind) -> [UInt8] {
        let passes = [(0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2)]
        var result: [UInt8] = []
        for pass in kind == .interlaced ? passes : [(0, 0, 1, 1)] {
            for row in stride(from: pass.1, to: height, by: pass.3) {
                let line = stride(from: pass.0, to: width, by: pass.2).flatMap { sample(kind, $0, row) }
                if !line.isEmpty { result += [0] + line }
            }
        }
        return result
    }

    private func sample(_ kind: PNGKind, _ column: Int, _ row: Int) -> [UInt8] {
        let color = bytes(self[column, row])
        let grey = UInt8((Int(color[0]) + Int(color[1]) + Int(color[2])) / 3)
        let isMiddle = abs(column * 2 - width) < width / 4 && abs(row * 2 - height) < height / 4
        switch kind {
        case .rgb, .interlaced: return color
        case .rgb16: return color.flatMap { [$0, $0] }
        case .grey: return [grey]
        case .grey16: return [grey, grey]
        case .palette:
            let index = [Self.red, Self.green, Self.blue, Self.yellow].firstIndex(of: self[column, row])
            return [UInt8(index ?? 0)]
        case .alpha: return isMiddle ? [0, 0, 0, 0] : color + [255]
        case .greyAlpha: return isMiddle ? [0, 0] : [grey, 255]
        }
    }

    private func bytes(_ color: Color) -> [UInt8] { [UInt8(color.red), UInt8(color.green), UInt8(color.blue)] }
}

func big32(_ value: Int) -> [UInt8] { [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) } }

func chunk(_ name: String, _ body: [UInt8]) -> [UInt8] {
    let named = Array(name.utf8) + body
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in named {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? crc >> 1 ^ 0xEDB8_8320 : crc >> 1 }
    }
    return big32(body.count) + named + big32(Int(~crc))
}

/// Stored blocks, which are deflate too.
private func deflated(_ data: [UInt8]) -> [UInt8] {
    var result: [UInt8] = [0x78, 0x01]
    var (low, high) = (1, 0)
    for byte in data {
        low = (low + Int(byte)) % 65521
        high = (high + low) % 65521
    }
    for start in stride(from: 0, to: data.count, by: 65535) {
        let part = data[start..<min(data.count, start + 65535)]
        let length = UInt16(part.count)
        result.append(start + part.count == data.count ? 1 : 0)
        result += [UInt8(length & 255), UInt8(length >> 8), UInt8(~length & 255), UInt8(~length >> 8)]
        result += part
    }
    return result + big32(high << 16 | low)
}
