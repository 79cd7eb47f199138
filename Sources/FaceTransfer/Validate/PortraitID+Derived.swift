// SPDX-License-Identifier: Apache-2.0
import Crypto
public import FaceModel

extension PortraitID {
    /// How many characters a derived id has.
    static let derivedLength = 40

    /// The id of a photo whose source gives none: the same bytes give the same id on every run.
    ///
    /// - Parameter photo: The whole file as it stands on the disk, before any preparation.
    /// - Returns: The first 40 hexadecimal digits of the photo's SHA-256.
    public static func derived(from photo: [UInt8]) -> PortraitID {
        derived(
            hex: SHA256.hash(data: photo).map { String(UInt16(0x100) + UInt16($0), radix: 16).dropFirst() }.joined()
        )
    }

    /// The id of a photo whose source gives none, where its digest is known already.
    ///
    /// - Parameter digest: The SHA-256 of the whole file as it stands on the disk.
    /// - Returns: The same id as ``derived(from:)-([UInt8])`` gives for the file.
    public static func derived(from digest: FaceModel.Digest) -> PortraitID { derived(hex: digest.hex) }

    /// Whether a text has the form of a derived id: 40 lower-case hexadecimal digits.
    static func looksDerived(_ text: String) -> Bool {
        text.utf8.count == derivedLength
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
    }

    private static func derived(hex: String) -> PortraitID { PortraitID(asListed: String(hex.prefix(derivedLength))) }
}
