// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation

/// The places where a picture is looked for by equality, although "nearly equal" is what is wanted.
enum PictureBands {
    /// A band and the value a picture has in it.
    struct Entry: Equatable {
        var band: Int64
        var value: Int64
    }

    /// The band of a photo's content: equal photos agree in the first bytes of their digests.
    static func content(_ digest: Digest) -> Entry {
        let value = digest.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return Entry(band: 0, value: Int64(bitPattern: value))
    }

    /// A band for every key of a picture.
    static func keys(_ keys: [UInt64]) -> [Entry] {
        keys.enumerated().map { Entry(band: Int64($0 + 1), value: Int64(bitPattern: $1)) }
    }

    /// How far two stored hashes are apart: the sum of the differences of their signed bytes; `nil` for hashes of
    /// different lengths.
    static func distance(_ left: Data, _ right: Data) -> Int? {
        guard left.count == right.count else { return nil }
        return left.withUnsafeBytes { left in
            right.withUnsafeBytes { right in
                let (mine, theirs) = (left.bindMemory(to: Int8.self), right.bindMemory(to: Int8.self))
                var sum = 0
                for index in mine.indices { sum &+= abs(Int(mine[index]) &- Int(theirs[index])) }
                return sum
            }
        }
    }
}
