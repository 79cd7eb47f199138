// SPDX-License-Identifier: Apache-2.0
import Crypto
public import FaceModel

extension FaceModel.Digest {
    /// The SHA-256 of some bytes.
    ///
    /// - Parameter content: The bytes.
    public init(of content: [UInt8]) {
        self = Self.checked(Array(SHA256.hash(data: content)))
    }

    /// The SHA-256 of a person's attributes: equal exactly when all five are equal.
    ///
    /// - Parameter attributes: The attributes in clear.
    public init(of attributes: PersonAttributes) {
        var hash = SHA256()
        let texts = [
            attributes.name, attributes.identity, attributes.gender.map { String($0.rawValue) } ?? "",
            attributes.age.map { String($0) } ?? "", attributes.address,
        ]
        for text in texts {
            let bytes = Array(text.utf8)
            // The length keeps "ab" + "c" apart from "a" + "bc".
            hash.update(data: Array("\(bytes.count):".utf8))
            hash.update(data: bytes)
        }
        self = Self.checked(Array(hash.finalize()))
    }

    package static func checked(_ bytes: [UInt8]) -> FaceModel.Digest {
        guard let digest = FaceModel.Digest(bytes: bytes) else { preconditionFailure("a digest has 32 bytes") }
        return digest
    }
}
