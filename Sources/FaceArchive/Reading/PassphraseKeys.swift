// SPDX-License-Identifier: Apache-2.0
import CNettle

/// Makes the keys of an entry from a passphrase: PBKDF2 with HMAC-SHA-1, 1,000 rounds for each 20 bytes.
///
/// The rounds are nearly all that opening an entry costs. Each hashes 20 bytes twice, one block each time, so nettle is
/// asked for the compression of a block and for nothing around it; its own PBKDF2 takes a fifth longer.
struct PassphraseKeys {
    private static let rounds = 1000
    private static let wordCount = 5
    private static let valueLength = 20
    private static let blockLength = 64

    private typealias State = (UInt32, UInt32, UInt32, UInt32, UInt32)

    /// HMAC with the passphrase as its key, before anything was hashed.
    private let keyed: hmac_sha1_ctx

    init(passphrase: String) {
        var context = hmac_sha1_ctx()
        let words = Array(passphrase.utf8)
        nettle_hmac_sha1_set_key(&context, words.count, words)
        keyed = context
    }

    /// As many bytes of keys as are asked for.
    func bytes(_ count: Int, salt: UnsafeRawBufferPointer) -> [UInt8] {
        var keys: [UInt8] = []
        var number: UInt32 = 0
        while keys.count < count {
            number += 1
            keys += value(number, salt)
        }
        return Array(keys.prefix(count))
    }

    /// The next 20 bytes: the values of all rounds, combined.
    private func value(_ number: UInt32, _ salt: UnsafeRawBufferPointer) -> [UInt8] {
        withUnsafeTemporaryAllocation(byteCount: Self.blockLength, alignment: 16) { block in
            first(number, salt, into: block)
            // What SHA-1 adds to 20 bytes that follow one block: a bit, and the length in bits at the end.
            block[Self.valueLength...].initializeMemory(as: UInt8.self, repeating: 0)
            block[Self.valueLength] = 0x80
            let bits = UInt16((Self.blockLength + Self.valueLength) * 8)
            block.storeBytes(of: bits.bigEndian, toByteOffset: Self.blockLength - 2, as: UInt16.self)
            var combined = block.loadUnaligned(as: State.self)
            for _ in 1..<Self.rounds {
                Self.compress(block, from: keyed.inner.state)
                Self.compress(block, from: keyed.outer.state)
                let value = block.loadUnaligned(as: State.self)
                combined.0 ^= value.0
                combined.1 ^= value.1
                combined.2 ^= value.2
                combined.3 ^= value.3
                combined.4 ^= value.4
            }
            return withUnsafeBytes(of: combined) { Array($0) }
        }
    }

    /// The value of the first round, the only one that hashes the salt.
    private func first(_ number: UInt32, _ salt: UnsafeRawBufferPointer, into block: UnsafeMutableRawBufferPointer) {
        var context = keyed
        var text = Array(salt)
        withUnsafeBytes(of: number.bigEndian) { text += $0 }
        nettle_hmac_sha1_update(&context, text.count, text)
        nettle_hmac_sha1_digest(
            &context,
            Self.valueLength,
            block.assumingMemoryBound(to: UInt8.self).baseAddress
        )
    }

    /// Hashes a block and puts the value where its text was.
    private static func compress(_ block: UnsafeMutableRawBufferPointer, from start: State) {
        var state = start
        withUnsafeMutableBytes(of: &state) { state in
            let words = state.assumingMemoryBound(to: UInt32.self)
            nettle_sha1_compress(words.baseAddress, block.assumingMemoryBound(to: UInt8.self).baseAddress)
            for index in 0..<wordCount {
                block.storeBytes(of: words[index].bigEndian, toByteOffset: index * 4, as: UInt32.self)
            }
        }
    }
}
