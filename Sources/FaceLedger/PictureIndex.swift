// SPDX-License-Identifier: Apache-2.0

/// The newest pictures of a job by their bands: an open hash table in memory, in place of a table in which each picture
/// would rewrite nine pages.
///
/// It says which rows may show what a picture shows. Whoever asks compares what is recorded of the row: two values may
/// look alike here, and a row's picture may have been recorded anew.
struct PictureIndex {
    /// How many rows of one value are kept; it bounds the work where very many look alike.
    static let rowsPerValue = 64
    /// So many entries, some 65,000 pictures, are kept as a rule: 13 MiB.
    static let usualLimit = 590_000

    /// Whether the job has pictures besides those that stand here.
    let hasOthers: Bool
    private var pictures: [Picture] = []
    /// The hashes of all pictures, one behind the other.
    private var hashes: [UInt64] = []
    /// The upper half of each is the mark of a band and its value, the lower one the place of its picture, from 1; 0 is
    /// free.
    private var slots: [UInt64]
    /// How many entries there are.
    private(set) var count = 0

    private struct Picture {
        var row: Int64
        var hash: Range<Int32>
    }

    init(hasOthers: Bool) {
        self.hasOthers = hasOthers
        slots = Array(repeating: 0, count: 1 << 12)
    }

    /// The rows that stand here, in the order in which they came.
    var rows: [Int64] { pictures.map(\.row) }

    /// Adds a row's picture.
    mutating func enter(_ row: Int64, _ hash: [UInt64], _ bands: [PictureBands.Entry]) {
        let start = Int32(hashes.count)
        hashes += hash
        pictures.append(Picture(row: row, hash: start..<Int32(hashes.count)))
        while (count + bands.count) * 8 > slots.count * 5 { grow() }
        for band in bands { place(Self.mark(band), pictures.count) }
    }

    /// The rows that may have a value in a band, the first of them.
    func rows(with entry: PictureBands.Entry) -> [Int64] {
        var rows: [Int64] = []
        visit(entry) { rows.append($0.row) }
        return rows
    }

    /// The rows that may have a value in a band, the first of them, and whose hashes are near enough.
    func rows(with entry: PictureBands.Entry, near hash: [UInt64], _ nearness: Int) -> [Int64] {
        var rows: [Int64] = []
        visit(entry) { picture in
            let other = hashes[Int(picture.hash.lowerBound)..<Int(picture.hash.upperBound)]
            if let distance = PictureBands.distance(other, hash), distance <= nearness { rows.append(picture.row) }
        }
        return rows
    }

    private func visit(_ entry: PictureBands.Entry, _ body: (Picture) -> Void) {
        let mark = Self.mark(entry)
        var slot = Self.slot(mark, slots.count)
        while slots[slot] != 0 {
            if slots[slot] >> 32 == mark { body(pictures[Int(truncatingIfNeeded: slots[slot] & 0xFFFF_FFFF) - 1]) }
            slot = (slot + 1) & (slots.count - 1)
        }
    }

    private mutating func place(_ mark: UInt64, _ number: Int) {
        var equals = 0
        var slot = Self.slot(mark, slots.count)
        while slots[slot] != 0 {
            if slots[slot] >> 32 == mark { equals += 1 }
            if equals == Self.rowsPerValue { return }
            slot = (slot + 1) & (slots.count - 1)
        }
        slots[slot] = mark << 32 | UInt64(number)
        count += 1
    }

    private mutating func grow() {
        let old = slots
        slots = Array(repeating: 0, count: old.count * 2)
        count = 0
        for entry in old where entry != 0 { place(entry >> 32, Int(truncatingIfNeeded: entry & 0xFFFF_FFFF)) }
    }

    /// 32 bits of a band and its value, well mixed (the last steps of SplitMix64).
    private static func mark(_ entry: PictureBands.Entry) -> UInt64 {
        var bits = UInt64(bitPattern: entry.value) &+ UInt64(bitPattern: entry.band) &* 0x9E37_79B9_7F4A_7C15
        bits = (bits ^ (bits >> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits >> 27)) &* 0x94D0_49BB_1331_11EB
        return (bits ^ (bits >> 31)) >> 32
    }

    /// Where the search for a mark begins.
    private static func slot(_ mark: UInt64, _ count: Int) -> Int { Int(truncatingIfNeeded: mark) & (count - 1) }
}
