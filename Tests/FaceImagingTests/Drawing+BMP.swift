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

extension Drawing {
    /// This picture as a BMP file in runs of 4 or 8 bits, or with its pixels one by one in what is made for runs.
    func bmpRuns(_ bits: Int, isLiteral: Bool = false, header: Int = 40) -> [UInt8] {
        let known = [Self.red, Self.green, Self.blue, Self.yellow]
        var runs: [UInt8] = []
        for row in stride(from: height - 1, through: 0, by: -1) {
            let line = (0..<width).map { UInt8(known.firstIndex(of: self[$0, row]) ?? 0) }
            // Each run keeps to one half of the row.
            for start in stride(from: 0, to: width, by: isLiteral ? 8 : 24) {
                let part = Array(line[start..<start + (isLiteral ? 8 : 24)])
                if !isLiteral {
                    runs += [24, bits == 4 ? part[0] << 4 | part[0] : part[0]]
                } else {
                    var bytes = part
                    if bits == 4 {
                        bytes = stride(from: 0, to: part.count, by: 2).map {
                            part[$0] << 4 | part[$0 + 1]
                        }
                    }
                    runs += [0, UInt8(part.count)] + bytes + [UInt8](repeating: 0, count: bytes.count % 2)
                }
            }
            runs += [0, 0]
        }
        return bmp(runs: runs + [0, 1], bits: bits, header: header)
    }

    /// A BMP file of this size with these runs, and this drawing's four colours.
    func bmp(runs: [UInt8], bits: Int, header: Int = 40) -> [UInt8] {
        let palette = [Self.red, Self.green, Self.blue, Self.yellow].flatMap { color -> [UInt8] in
            [UInt8(color.blue), UInt8(color.green), UInt8(color.red), 0]
        }
        let offset = 14 + header + palette.count
        var file = Array("BM".utf8) + little32(offset + runs.count) + little32(0) + little32(offset)
        file += little32(header) + little32(width) + little32(height) + little16(1) + little16(bits)
        file += little32(bits == 4 ? 2 : 1) + little32(runs.count) + little32(2835) + little32(2835)
        file += little32(4) + little32(0) + [UInt8](repeating: 0, count: header - 40)
        return file + palette + runs
    }
}
