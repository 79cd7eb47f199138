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

    /// A digest that only tells whether two contents are equal, several times as fast as the SHA-256: a GMAC.
    ///
    /// Its key is known to everybody: whoever wants two contents to have the same one can make them.
    ///
    /// - Parameter content: The bytes.
    /// - Returns: The digest, never that of another content but by intent.
    static func forEquality(of content: [UInt8]) -> FaceModel.Digest {
        do {
            let key = SymmetricKey(data: [UInt8](repeating: 0, count: 16))
            let nonce = try AES.GCM.Nonce(data: [UInt8](repeating: 0, count: 12))
            let sealed = try AES.GCM.seal([UInt8](), using: key, nonce: nonce, authenticating: content)
            return checked(Array(sealed.tag) + [UInt8](repeating: 0, count: 16))
        } catch {
            preconditionFailure("AES-GCM takes a key of 16 bytes and a nonce of 12: \(error)")
        }
    }

    private static func checked(_ bytes: [UInt8]) -> FaceModel.Digest {
        guard let digest = FaceModel.Digest(bytes: bytes) else { preconditionFailure("a SHA-256 has 32 bytes") }
        return digest
    }
}
