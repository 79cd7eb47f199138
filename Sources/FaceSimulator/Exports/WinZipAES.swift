// SPDX-License-Identifier: Apache-2.0
import CNettle

/// The encryption of WinZip: a key from the password and a salt, AES in counter mode, and a code over the result.
enum WinZipAES {
    /// The two bytes after the salt by which a reader tells a wrong password.
    static let verifierCount = 2
    /// The first ten bytes of an HMAC-SHA1, after the data.
    static let codeCount = 10
    private static let rounds: UInt32 = 1000

    /// Appends the salt, the verifier, the encrypted data and its code.
    static func append(_ data: [UInt8], password: String, _ strength: AESStrength, to out: inout [UInt8]) {
        let salt = ZipCipher.random(strength.saltCount)
        let keys = keys(password, salt, count: 2 * strength.keyCount + verifierCount)
        out += salt
        out += keys[(2 * strength.keyCount)...]
        let start = out.count
        out += data
        unsafe out.withUnsafeMutableBytes { all in
            let part = unsafe UnsafeMutableRawBufferPointer(rebasing: all[start...])
            unsafe CounterCipher.apply(Array(keys[..<strength.keyCount]), strength, to: part)
        }
        let codeKey = Array(keys[strength.keyCount..<2 * strength.keyCount])
        out += unsafe out.withUnsafeBytes { all in
            unsafe code(codeKey, UnsafeRawBufferPointer(rebasing: all[start...]))
        }
    }

    /// What is made of the password: two keys and the verifier.
    private static func keys(_ password: String, _ salt: [UInt8], count: Int) -> [UInt8] {
        var keys = [UInt8](repeating: 0, count: count)
        let words = Array(password.utf8)
        unsafe nettle_pbkdf2_hmac_sha1(words.count, words, rounds, salt.count, salt, count, &keys)
        return keys
    }

    private static func code(_ key: [UInt8], _ bytes: UnsafeRawBufferPointer) -> [UInt8] {
        var context = hmac_sha1_ctx()
        var code = [UInt8](repeating: 0, count: codeCount)
        unsafe nettle_hmac_sha1_set_key(&context, key.count, key)
        unsafe nettle_hmac_sha1_update(
            &context,
            bytes.count,
            bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
        )
        unsafe nettle_hmac_sha1_digest(&context, codeCount, &code)
        return code
    }
}
