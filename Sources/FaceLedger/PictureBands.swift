// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// The places where a picture is looked for by equality, although "nearly equal" is what is wanted.
enum PictureBands {
    /// A band and the value a picture has in it.
    struct Entry: Equatable {
        var band: Int64
        var value: Int64
    }

    /// All bands of a picture: that of its content, since equal photos agree in the first bytes of their digests, then
    /// one for each of its keys.
    static func all(_ content: Digest, _ keys: [UInt64]) -> [Entry] {
        ([content.prefix] + keys).enumerated().map { Entry(band: Int64($0), value: Int64(bitPattern: $1)) }
    }

    /// How far two hashes are apart: the sum of the differences of their signed bytes; `nil` for hashes of different
    /// lengths.
    static func distance(
        _ left: some RandomAccessCollection<UInt64>,
        _ right: some RandomAccessCollection<UInt64>
    ) -> Int? {
        guard left.count == right.count else { return nil }
        return zip(left, right).reduce(0) { sum, words in
            let (mine, theirs) = (waves(words.0), waves(words.1))
            let larger = pointwiseMax(mine, theirs)
            return sum + Int((larger &- pointwiseMin(mine, theirs)).wrappedSum())
        }
    }

    /// A hash in eight bytes, each the sum of one word's signed bytes in steps of eight; `nil` for other lengths.
    static func sketch(_ hash: some RandomAccessCollection<UInt64>) -> Int64? {
        guard hash.count == 8 else { return nil }
        let sums = hash.map { Int8(clamping: waves($0).wrappedSum() >> 3) }
        return sums.reduce(0) { $0 << 8 | Int64(UInt8(bitPattern: $1)) }
    }

    /// How far two hashes are apart at least, by their sketches.
    static func leastDistance(_ left: Int64, _ right: Int64) -> Int {
        let (mine, theirs) = (waves(UInt64(bitPattern: left)), waves(UInt64(bitPattern: right)))
        let steps = pointwiseMax(mine, theirs) &- pointwiseMin(mine, theirs)
        // Sums that are n steps apart differ by more than n - 1 of them.
        return 8 * Int(pointwiseMax(steps &- 1, .zero).wrappedSum())
    }

    /// The eight signed bytes of a word.
    private static func waves(_ word: UInt64) -> SIMD8<Int16> {
        SIMD8(truncatingIfNeeded: unsafeBitCast(word, to: SIMD8<Int8>.self))
    }
}

extension PictureBands.Entry: StoredValue {
    /// Takes two places: the band and the value.
    func stand(in places: inout StatementPlaces) {
        places.take(band)
        places.take(value)
    }
}
