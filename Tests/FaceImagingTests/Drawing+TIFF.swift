// SPDX-License-Identifier: Apache-2.0

extension Drawing {
    /// This picture as a TIFF file without compression, in one strip or in tiles of 32 × 32.
    func tiff(orientation: Int = 1, isBigEndian: Bool = false, isTiled: Bool = false, claims: Int? = nil) -> [UInt8] {
        func short(_ value: Int) -> [UInt8] { isBigEndian ? little16(value).reversed() : little16(value) }
        func long(_ value: Int) -> [UInt8] { isBigEndian ? big32(value) : little32(value) }
        let tiles = isTiled ? tiles : [pixels]
        let data = tiles.flatMap(\.self)
        let bits = 8 + data.count
        let offsets = bits + 6
        let counts = offsets + tiles.count * 4
        let directory = counts + tiles.count * 4
        func entry(_ tag: Int, _ value: Int) -> [UInt8] { short(tag) + short(4) + long(1) + long(value) }
        func list(_ tag: Int, _ values: [Int], at place: Int) -> [UInt8] {
            values.count == 1 ? entry(tag, values[0]) : short(tag) + short(4) + long(values.count) + long(place)
        }
        let starts = tiles.indices.map { 8 + $0 * tiles[0].count }
        let lengths = tiles.map(\.count)
        var entries = [entry(256, claims ?? width), entry(257, claims ?? height)]
        entries.append(short(258) + short(3) + long(3) + long(bits))
        entries += [entry(259, 1), entry(262, 2)]
        if !isTiled { entries.append(list(273, starts, at: offsets)) }
        entries += [entry(274, orientation), entry(277, 3)]
        if !isTiled { entries += [entry(278, claims ?? height), list(279, lengths, at: counts)] }
        entries.append(entry(284, 1))
        if isTiled {
            entries += [entry(322, 32), entry(323, 32), list(324, starts, at: offsets), list(325, lengths, at: counts)]
        }
        // Orientation, compression and the like are shorts by the standard.
        entries = entries.map { isShort($0, isBigEndian) ? shortened($0, isBigEndian) : $0 }
        let mark: [UInt8] = isBigEndian ? [0x4D, 0x4D, 0, 42] : [0x49, 0x49, 42, 0]
        let tables = [8, 8, 8].flatMap(short) + starts.flatMap(long) + lengths.flatMap(long)
        return mark + long(directory) + data + tables + short(entries.count) + entries.flatMap(\.self) + long(0)
    }

    private func isShort(_ entry: [UInt8], _ isBigEndian: Bool) -> Bool {
        let tag = isBigEndian ? Int(entry[0]) << 8 | Int(entry[1]) : Int(entry[1]) << 8 | Int(entry[0])
        return [259, 262, 274, 277, 284].contains(tag)
    }

    private func shortened(_ entry: [UInt8], _ isBigEndian: Bool) -> [UInt8] {
        let value = isBigEndian ? [entry[10], entry[11], 0, 0] : [entry[8], entry[9], 0, 0]
        return entry[0..<2] + (isBigEndian ? [0, 3] : [3, 0]) + entry[4..<8] + value
    }

    private var tiles: [[UInt8]] {
        stride(from: 0, to: height, by: 32).flatMap { top in
            stride(from: 0, to: width, by: 32).map { left in
                (0..<32).flatMap { row in
                    (0..<32).flatMap { column -> [UInt8] in
                        let at = (min(top + row, height - 1) * width + min(left + column, width - 1)) * 3
                        return Array(pixels[at..<at + 3])
                    }
                }
            }
        }
    }
}
