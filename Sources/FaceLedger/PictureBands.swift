// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation

/// The places where a picture is looked for by equality, although "nearly equal" is what is wanted.
///
/// A hash is split into one band more than there may be differing bits: two hashes that near agree
/// in at least one band entirely, since each differing bit spoils one band at most.
enum PictureBands {
    /// A band and the value a picture has in it.
    struct Entry: Equatable {
        var band: Int64
        var value: Int64
    }

    /// The most differing bits that are looked for.
    static let greatestNearness = 63

    /// The band of a photo's content: equal photos agree in the first bytes of their digests.
    static func content(_ digest: Digest) -> Entry {
        let value = digest.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Entry(band: 0, value: Int64(bitPattern: value))
    }

    /// The bands of a hash; hashes of other lengths or split otherwise never meet in one.
    static func hash(_ hash: [UInt64], nearness: Int) -> [Entry] {
        if hash.isEmpty { return [] }
        let count = min(max(nearness, 0), greatestNearness) + 1
        var values = [UInt64](repeating: 0, count: count)
        // Neighbouring bits of a picture's hash resemble each other: dealt out in turn, each band
        // gets some of every region and tells more pictures apart.
        var band = 0
        for word in hash {
            for bit in UInt64(0)..<64 {
                // Up to 63 bits stand in the value as they are; of longer bands it is a checksum.
                let overflow = values[band] >> 62
                values[band] = (values[band] << 1 | (word >> bit & 1)) ^ (overflow &* 0x9E37_79B9_7F4A_7C15)
                band = band + 1 == count ? 0 : band + 1
            }
        }
        let split = Int64(hash.count) << 16 | Int64(count) << 8
        return values.enumerated().map { index, value in
            Entry(band: split | Int64(index), value: Int64(bitPattern: value))
        }
    }

    /// How many bits of two stored hashes differ, `nil` for hashes of different lengths.
    static func distance(_ left: Data, _ right: Data) -> Int? {
        guard left.count == right.count else { return nil }
        return left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in
                stride(from: 0, to: left.count - 7, by: 8).reduce(0) { sum, offset in
                    let other = right.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                    return sum + (left.loadUnaligned(fromByteOffset: offset, as: UInt64.self) ^ other).nonzeroBitCount
                }
            }
        }
    }
}
