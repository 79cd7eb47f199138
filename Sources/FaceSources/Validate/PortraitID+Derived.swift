// SPDX-License-Identifier: Apache-2.0
import FaceFiles
public import FaceModel

extension PortraitID {
    /// How many characters a derived id has.
    static let derivedLength = 40

    /// The id of a photo whose source gives none: the same bytes give the same id on every run.
    ///
    /// - Parameter photo: The whole file as it stands on the disk, before any preparation.
    /// - Returns: The first 40 hexadecimal digits of the photo's SHA-256.
    public static func derived(from photo: [UInt8]) -> PortraitID {
        PortraitID(asListed: String(FaceModel.Digest(of: photo).hex.prefix(derivedLength)))
    }

    /// Whether a text has the form of a derived id: 40 lower-case hexadecimal digits.
    package static func looksDerived(_ text: String) -> Bool {
        text.utf8.count == derivedLength
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
                    || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(byte)
            }
    }
}
