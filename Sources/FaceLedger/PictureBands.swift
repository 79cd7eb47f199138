// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// The places where a picture is looked for by equality, although "nearly equal" is what is wanted.
enum PictureBands {
    /// A band and the value a picture has in it.
    struct Entry: Equatable {
        var band: Int64
        var value: Int64
    }

    /// The band of a photo's content: equal photos agree in the first bytes of their digests.
    static func content(_ digest: Digest) -> Entry {
        Entry(band: 0, value: Int64(bitPattern: digest.prefix))
    }

    /// A band for every key of a picture.
    static func keys(_ keys: [UInt64]) -> [Entry] { keys.enumerated().map { key($1, at: $0) } }

    /// The band of one key of a picture.
    static func key(_ key: UInt64, at place: Int) -> Entry {
        Entry(band: Int64(place + 1), value: Int64(bitPattern: key))
    }

    /// All bands of a picture, that of the content first.
    static func all(_ picture: PictureRecord) -> [Entry] { [content(picture.content)] + keys(picture.keys) }

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
