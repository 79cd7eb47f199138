// SPDX-License-Identifier: Apache-2.0
import FaceImaging
import FaceLedger
import FaceModel

/// What an import tells the ledger of one photo, made up from its number alone.
public struct MadeUpPortrait: Sendable {
    /// The row as it comes out of the scan.
    let row: NewRow
    /// What its photo looks like.
    let picture: PictureRecord
    /// What stands in its batch.
    let item: BatchItem
    /// What is known of it once it was read back.
    let known: KnownPortrait

    /// Makes up a portrait.
    ///
    /// - Parameter number: Its place in the source.
    public init(_ number: Int) {
        var numbers = SeededNumbers(seed: number)
        let digits = String(number)
        let imgID = "E-" + String(repeating: "0", count: max(0, 7 - digits.count)) + digits
        let key = "Berit Claasen_\(imgID)_#_1_31_Oslo.jpg"
        row = NewRow(
            key: key,
            ordinal: number,
            source: "photos/headquarters/2026-11/\(key)",
            line: nil,
            imgID: imgID,
            name: "Berit Claasen",
            rejection: nil
        )
        let photo = Self.digest(&numbers)
        let hash = Self.hash(&numbers)
        picture = PictureRecord(
            key: key,
            content: photo,
            hash: hash,
            keys: PictureHash(words: hash)?.keys ?? []
        )
        // A photo that fits is sent as it is.
        let fingerprint = PortraitFingerprint(
            photo: photo,
            image: photo,
            attributes: Self.digest(&numbers),
            hash: hash
        )
        item = BatchItem(key: key, imgID: PortraitID(asListed: imgID), fingerprint: fingerprint)
        known = KnownPortrait(
            imgID: item.imgID,
            stamp: "2026-11-22 10:00:00|img/1_\(UUIDText.make(&numbers)).jpg",
            fingerprint: fingerprint,
            readAt: 1_795_903_200
        )
    }

    private static func digest(_ numbers: inout SeededNumbers) -> Digest {
        guard let digest = Digest(bytes: numbers.bytes(32)) else { preconditionFailure("32 bytes are a digest") }
        return digest
    }

    /// Eight words of eight waves.
    ///
    /// Those of photos spread over nearly all that a byte holds, with some at its ends.
    private static func hash(_ numbers: inout SeededNumbers) -> [UInt64] {
        (0..<8).map { _ in
            (0..<8).reduce(0) { word, _ in
                let wave = Int.random(in: -160...160, using: &numbers)
                return word << 8 | UInt64(UInt8(bitPattern: Int8(clamping: wave)))
            }
        }
    }
}
