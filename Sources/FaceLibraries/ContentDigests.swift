// SPDX-License-Identifier: Apache-2.0
import Crypto
import FaceFiles
import FaceLedger
package import FaceModel

/// Makes the digests by which a ledger tells photos and images apart.
///
/// With the ledger's key it is a GMAC, whose own value never leaves it: an HMAC of it does. That is as good as a SHA-256
/// for whoever does not have the key, at a fifth of the time or less; and a digest tells nobody but the ledger whether a
/// photo is the one that was sent (docs/decisions/0026-content-digests.md).
package struct ContentDigests: Sendable {
    private struct Keys {
        let equality: SymmetricKey
        let hiding: SymmetricKey
    }

    private let keys: Keys?

    /// - Parameter key: The ledger's key, 64 bytes; `nil` for SHA-256.
    init(key: [UInt8]?) {
        keys = key.map { key in
            let half = key.count / 2
            return Keys(equality: SymmetricKey(data: key[..<half]), hiding: SymmetricKey(data: key[half...]))
        }
    }

    /// The digest of some bytes; of none it is the same in every ledger.
    package func digest(of content: [UInt8]) -> FaceModel.Digest {
        guard let keys, !content.isEmpty else { return FaceModel.Digest(of: content) }
        do {
            // The same nonce each time is safe here: nothing is encrypted, and what is authenticated is hidden below.
            let nonce = try AES.GCM.Nonce(data: [UInt8](repeating: 0, count: 12))
            let box = try AES.GCM.seal([UInt8](), using: keys.equality, nonce: nonce, authenticating: content)
            return .checked(Array(HMAC<SHA256>.authenticationCode(for: box.tag, using: keys.hiding)))
        } catch {
            preconditionFailure("AES-GCM takes a key of 32 bytes and a nonce of 12: \(error)")
        }
    }
}

extension Ledger {
    /// The digests of this ledger.
    package var digests: ContentDigests { ContentDigests(key: contentKey) }
}
