// SPDX-License-Identifier: Apache-2.0
import Crypto

/// Fingerprints of pictures.
enum PictureDigest {
    /// SHA-256 in lower-case hexadecimal digits.
    static func sha256(_ bytes: [UInt8]) -> String {
        HexText.of(SHA256.hash(data: bytes))
    }
}
