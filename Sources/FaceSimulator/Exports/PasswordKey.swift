// SPDX-License-Identifier: Apache-2.0
import CNettle

/// PBKDF2 with HMAC-SHA1 and 1000 rounds, which is most of the work of encrypting a portrait.
///
/// Nettle's own function copies whole hash states around in every round. A round only ever hashes twenty bytes under a
/// key, which is one block for the inner and one for the outer hash, so the blocks are kept and compressed here.
struct PasswordKey {
    private static let rounds = 1000
    /// The words of a SHA-1 value, and its bytes.
    private static let wordCount = 5
    private static let valueCount = 20

    private static let blockCount = 64

    private typealias State = (UInt32, UInt32, UInt32, UInt32, UInt32)

    /// The HMAC under the password, before anything was hashed, and what its two hashes start from.
    private let keyed: hmac_sha1_ctx
    private let inner: State
    private let outer: State

    init(_ password: [UInt8]) {
        var context = hmac_sha1_ctx()
        unsafe nettle_hmac_sha1_set_key(&context, password.count, password)
        keyed = context
        inner = context.inner.state
        outer = context.outer.state
    }

    /// So many bytes, derived with a salt.
    func derived(_ salt: [UInt8], count: Int) -> [UInt8] {
        var key: [UInt8] = []
        for number in 1...UInt32((count + Self.valueCount - 1) / Self.valueCount) { key += part(number, salt) }
        return Array(key.prefix(count))
    }

    /// Twenty bytes: the values of all rounds, laid over each other.
    private func part(_ number: UInt32, _ salt: [UInt8]) -> [UInt8] {
        var block = firstValue(number, salt)
        var sum = Array(block)
        // What SHA-1 puts after a value that follows one block: a bit, and the length of both in bits.
        let bits = (Self.blockCount + Self.valueCount) * 8
        block += [0x80] + [UInt8](repeating: 0, count: Self.blockCount - Self.valueCount - 3)
        block += [UInt8(bits >> 8), UInt8(bits & 0xFF)]
        unsafe block.withUnsafeMutableBytes { block in
            unsafe sum.withUnsafeMutableBytes { sum in
                for _ in 1..<Self.rounds {
                    unsafe Self.hash(block, from: inner)
                    unsafe Self.hash(block, from: outer)
                    for place in stride(from: 0, to: Self.valueCount, by: 4) {
                        let laid =
                            unsafe sum.load(fromByteOffset: place, as: UInt32.self)
                            ^ block.load(fromByteOffset: place, as: UInt32.self)
                        unsafe sum.storeBytes(of: laid, toByteOffset: place, as: UInt32.self)
                    }
                }
            }
        }
        return sum
    }

    /// Puts the hash of a block in place of the value at its beginning.
    private static func hash(_ block: UnsafeMutableRawBufferPointer, from state: State) {
        var state = state
        unsafe withUnsafeMutableBytes(of: &state) { words in
            guard let word = unsafe words.baseAddress?.assumingMemoryBound(to: UInt32.self) else { return }
            unsafe nettle_sha1_compress(word, block.baseAddress?.assumingMemoryBound(to: UInt8.self))
            for index in 0..<wordCount {
                unsafe block.storeBytes(of: word[index].bigEndian, toByteOffset: index * 4, as: UInt32.self)
            }
        }
    }

    /// The value of the first round, which alone hashes the salt.
    private func firstValue(_ number: UInt32, _ salt: [UInt8]) -> [UInt8] {
        var context = keyed
        var text = salt
        text += (0..<4).map { UInt8(truncatingIfNeeded: number >> (24 - $0 * 8)) }
        var value = [UInt8](repeating: 0, count: Self.valueCount)
        unsafe nettle_hmac_sha1_update(&context, text.count, text)
        unsafe nettle_hmac_sha1_digest(&context, value.count, &value)
        return value
    }
}
