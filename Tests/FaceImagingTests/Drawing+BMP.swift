// SPDX-License-Identifier: Apache-2.0

/// The kinds of BMP: bits a pixel, and where rows begin.
enum BMPKind: CaseIterable {
    case bits1, bits4, bits8, bits16, bits24, bits32, bits32Masks, topDown, old

    var bits: Int {
        switch self {
        case .bits1: 1
        case .bits4: 4
        case .bits8: 8
        case .bits16: 16
        case .bits32, .bits32Masks: 32
        case .bits24, .topDown, .old: 24
        }
    }
}

extension Drawing {
    /// This picture as a BMP file; with 1 bit, what is mostly red or yellow is white and the rest black.
    func bmp(_ kind: BMPKind = .bits24) -> [UInt8] {
        let rowBytes = (width * kind.bits + 31) / 32 * 4
        let palette = palette(kind)
        let masks: [UInt8] = kind == .bits32Masks ? [0xFF, 0, 0, 0, 0, 0xFF, 0, 0, 0, 0, 0xFF, 0] : []
        let header = kind == .old ? oldHeader : newHeader(kind, colours: palette.count / 4)
        let offset = 14 + header.count + masks.count + palette.count
        let file = Array("BM".utf8) + little32(offset + rowBytes * height) + little32(0) + little32(offset)
        let rows = (0..<height).flatMap { row in
            let line = line(kind, kind == .topDown ? row : height - 1 - row)
            return line + [UInt8](repeating: 0, count: rowBytes - line.count)
        }
        return file + header + masks + palette + rows
    }

    private var oldHeader: [UInt8] {
        little32(12) + little16(width) + little16(height) + little16(1) + little16(24)
    }

    private func newHeader(_ kind: BMPKind, colours: Int) -> [UInt8] {
        let start = little32(40) + little32(width) + little32(kind == .topDown ? -height : height)
        let coding = little16(1) + little16(kind.bits) + little32(kind == .bits32Masks ? 3 : 0)
        return start + coding + little32(0) + little32(2835) + little32(2835) + little32(colours) + little32(0)
    }

    private func palette(_ kind: BMPKind) -> [UInt8] {
        switch kind {
        case .bits1: [0, 0, 0, 0, 255, 255, 255, 0]
        case .bits4, .bits8:
            [Self.red, Self.green, Self.blue, Self.yellow].flatMap {
                [UInt8($0.blue), UInt8($0.green), UInt8($0.red), 0]
            }
        default: []
        }
    }

    private func line(_ kind: BMPKind, _ row: Int) -> [UInt8] {
        let colors = (0..<width).map { self[$0, row] }
        let known = [Self.red, Self.green, Self.blue, Self.yellow]
        let indices = colors.map { known.firstIndex(of: $0) ?? 0 }
        switch kind {
        case .bits1: return packed(colors.map { $0.red > 128 ? 1 : 0 }, bits: 1)
        case .bits4: return packed(indices, bits: 4)
        case .bits8: return indices.map { UInt8($0) }
        case .bits16:
            return colors.flatMap { color -> [UInt8] in
                let (red, green, blue) = (Int(color.red) / 8, Int(color.green) / 8, Int(color.blue) / 8)
                return little16(red << 10 | green << 5 | blue)
            }
        case .bits24, .topDown, .old: return colors.flatMap { [UInt8($0.blue), UInt8($0.green), UInt8($0.red)] }
        case .bits32: return colors.flatMap { [UInt8($0.blue), UInt8($0.green), UInt8($0.red), 0] }
        case .bits32Masks: return colors.flatMap { [UInt8($0.red), UInt8($0.green), UInt8($0.blue), 0] }
        }
    }

    private func packed(_ values: [Int], bits: Int) -> [UInt8] {
        let perByte = 8 / bits
        return stride(from: 0, to: values.count, by: perByte).map { start in
            (0..<perByte).reduce(0) { byte, index in
                let value = start + index < values.count ? values[start + index] : 0
                return byte | UInt8(value << (8 - bits - index * bits))
            }
        }
    }
}

func little16(_ value: Int) -> [UInt8] { [0, 8].map { UInt8(truncatingIfNeeded: value >> $0) } }
func little32(_ value: Int) -> [UInt8] { [0, 8, 16, 24].map { UInt8(truncatingIfNeeded: value >> $0) } }
