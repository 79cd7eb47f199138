// SPDX-License-Identifier: Apache-2.0
import CNettle

/// WinZip's way of encrypting an entry (AE-1 and AE-2).
///
/// AES in counter mode, authenticated by HMAC-SHA-1, with the keys of `PassphraseKeys`. The primitives are nettle's
/// (docs/decisions/0019-aes-by-nettle.md).
struct WinZipAES: ~Copyable {
    private enum Cipher {
        case bits128(aes128_ctx)
        case bits192(aes192_ctx)
        case bits256(aes256_ctx)
    }

    /// What stands before the content, to try a passphrase with.
    let verifier: [UInt8]
    private var cipher: Cipher
    private var code = hmac_sha1_ctx()

    private static let blockLength = 16

    /// - Parameters:
    ///   - keys: The entry's keys: for AES, as long again for the authentication code, and the verifier.
    ///   - keyLength: How long one key is.
    init(keys: [UInt8], keyLength: Int) {
        switch keyLength {
        case 16:
            var context = aes128_ctx()
            nettle_aes128_set_encrypt_key(&context, keys)
            cipher = .bits128(context)
        case 24:
            var context = aes192_ctx()
            nettle_aes192_set_encrypt_key(&context, keys)
            cipher = .bits192(context)
        default:
            var context = aes256_ctx()
            nettle_aes256_set_encrypt_key(&context, keys)
            cipher = .bits256(context)
        }
        nettle_hmac_sha1_set_key(&code, keyLength, Array(keys[keyLength..<keyLength * 2]))
        verifier = Array(keys.suffix(2))
    }

    /// The authentication code of encrypted content.
    mutating func authenticationCode(of content: UnsafeRawBufferPointer) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: AESField.codeLength)
        nettle_hmac_sha1_update(&code, content.count, content.assumingMemoryBound(to: UInt8.self).baseAddress)
        nettle_hmac_sha1_digest(&code, AESField.codeLength, &digest)
        return digest
    }

    /// Decrypts, or encrypts, a whole content where it is.
    func apply(to content: UnsafeMutableRawBufferPointer) {
        // As many blocks at a time as stay in the nearest cache.
        let piece = 256 * Self.blockLength
        withUnsafeTemporaryAllocation(byteCount: piece, alignment: 16) { counters in
            withUnsafeTemporaryAllocation(byteCount: piece, alignment: 16) { mask in
                counters.initializeMemory(as: UInt8.self, repeating: 0)
                var number: UInt64 = 1
                for start in stride(from: 0, to: content.count, by: piece) {
                    let count = min(piece, content.count - start)
                    for block in stride(from: 0, to: count, by: Self.blockLength) {
                        counters.storeBytes(of: number.littleEndian, toByteOffset: block, as: UInt64.self)
                        number += 1
                    }
                    encrypt(counters, into: mask)
                    Self.combine(UnsafeMutableRawBufferPointer(rebasing: content[start..<start + count]), with: mask)
                }
            }
        }
    }

    private func encrypt(_ blocks: UnsafeMutableRawBufferPointer, into mask: UnsafeMutableRawBufferPointer) {
        let source = blocks.assumingMemoryBound(to: UInt8.self).baseAddress
        let target = mask.assumingMemoryBound(to: UInt8.self).baseAddress
        switch cipher {
        case .bits128(var context): nettle_aes128_encrypt(&context, blocks.count, target, source)
        case .bits192(var context): nettle_aes192_encrypt(&context, blocks.count, target, source)
        case .bits256(var context): nettle_aes256_encrypt(&context, blocks.count, target, source)
        }
    }

    private static func combine(_ content: UnsafeMutableRawBufferPointer, with mask: UnsafeMutableRawBufferPointer) {
        let words = content.count / 8 * 8
        for at in stride(from: 0, to: words, by: 8) {
            let mixed =
                content.loadUnaligned(fromByteOffset: at, as: UInt64.self)
                ^ mask.loadUnaligned(fromByteOffset: at, as: UInt64.self)
            content.storeBytes(of: mixed, toByteOffset: at, as: UInt64.self)
        }
        for at in words..<content.count { content[at] ^= mask[at] }
    }
}

extension WinZipAES {
    /// Finds an entry's content authentic and decrypts it where it is.
    ///
    /// - Parameters:
    ///   - data: What the entry holds: salt, verifier, content, authentication code.
    ///   - field: What the entry says of its encryption.
    ///   - keys: Makes the keys, of the salt.
    /// - Returns: Where in `data` the content now stands.
    /// - Throws: What `keys` throws, `wrongPassphrase` or `corrupt`.
    static func decrypt(
        _ data: UnsafeMutableRawBufferPointer,
        _ field: AESField,
        keys: ([UInt8]) throws(ArchiveError) -> [UInt8]
    ) throws(ArchiveError) -> Range<Int> {
        guard data.count >= field.overhead else { throw ArchiveError(.corrupt, "its encrypted bytes are cut off") }
        let content = field.saltLength + 2..<data.count - AESField.codeLength
        var aes = WinZipAES(keys: try keys(Array(data[..<field.saltLength])), keyLength: field.saltLength * 2)
        guard data[field.saltLength..<content.lowerBound].elementsEqual(aes.verifier) else {
            throw ArchiveError(.wrongPassphrase, "the passphrase does not open it")
        }
        let code = aes.authenticationCode(of: UnsafeRawBufferPointer(rebasing: data[content]))
        guard data[content.upperBound...].elementsEqual(code) else {
            throw ArchiveError(.corrupt, "its encrypted bytes were changed")
        }
        aes.apply(to: UnsafeMutableRawBufferPointer(rebasing: data[content]))
        return content
    }
}
