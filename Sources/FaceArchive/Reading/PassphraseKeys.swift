// SPDX-License-Identifier: Apache-2.0
import CNettle
import CSHA1Lanes

/// Makes the keys of entries from a passphrase: PBKDF2 with HMAC-SHA-1, 1,000 rounds for each 20 bytes.
///
/// The rounds are nearly all that opening an entry costs. Those of one value depend on each other, those of several do
/// not: several entries are cheaper together, where the processor has registers wide enough
/// (docs/decisions/0025-passphrases-in-lanes.md).
struct PassphraseKeys {
    private static let rounds = 1000
    private static let valueLength = 20
    private static let blockLength = 64
    /// As many lanes must be filled for them to be worth it.
    private static let fewestLanes = 8

    /// A value of SHA-1.
    private typealias Value = (UInt32, UInt32, UInt32, UInt32, UInt32)

    /// The widest registers of this processor; `nil` when it has none that are wide.
    static let widest = [fl_sha1_registers.avx512, .avx2].first(where: fl_sha1_has)

    /// HMAC with the passphrase as its key, before anything was hashed.
    private let keyed: hmac_sha1_ctx
    private let registers: fl_sha1_registers?

    /// - Parameters:
    ///   - passphrase: The passphrase.
    ///   - registers: What to compute several values in; the processor must have them.
    init(passphrase: String, registers: fl_sha1_registers? = widest) {
        var context = hmac_sha1_ctx()
        let words = Array(passphrase.utf8)
        nettle_hmac_sha1_set_key(&context, words.count, words)
        keyed = context
        self.registers = registers
    }

    /// How many entries are best asked for together.
    var group: Int { registers == nil ? 1 : 4 }

    /// As many bytes of keys as are asked for, for each salt.
    func bytes(_ count: Int, salts: [[UInt8]]) -> [[UInt8]] {
        let each = (count + Self.valueLength - 1) / Self.valueLength
        let values = repeated(salts.flatMap { salt in (1...each).map { first(UInt32($0), salt) } })
        return salts.indices.map { salt in
            Array(values[salt * each..<(salt + 1) * each].flatMap(Self.bytes).prefix(count))
        }
    }

    /// The value of the first round, the only one that hashes the salt.
    private func first(_ number: UInt32, _ salt: [UInt8]) -> Value {
        var context = keyed
        let text = salt + withUnsafeBytes(of: number.bigEndian, Array.init)
        var digest = [UInt8](repeating: 0, count: Self.valueLength)
        nettle_hmac_sha1_update(&context, text.count, text)
        nettle_hmac_sha1_digest(&context, digest.count, &digest)
        return Self.swapped(digest.withUnsafeBytes { $0.loadUnaligned(as: Value.self) })
    }

    /// The values of all other rounds, combined with those of the first.
    private func repeated(_ firsts: [Value]) -> [Value] {
        var values: [Value] = []
        for start in stride(from: 0, to: firsts.count, by: Int(fl_sha1_lane_count)) {
            let some = firsts[start..<min(start + Int(fl_sha1_lane_count), firsts.count)]
            if let registers, some.count >= Self.fewestLanes {
                values += inLanes(some, registers)
            } else {
                values += some.map(alone)
            }
        }
        return values
    }

    private func inLanes(_ firsts: ArraySlice<Value>, _ registers: fl_sha1_registers) -> [Value] {
        let lanes = Int(fl_sha1_lane_count)
        var words = [UInt32](repeating: 0, count: 5 * lanes)
        for (lane, value) in firsts.enumerated() {
            withUnsafeBytes(of: value) { value in
                for (word, bits) in value.bindMemory(to: UInt32.self).enumerated() { words[word * lanes + lane] = bits }
            }
        }
        withUnsafeBytes(of: keyed.inner.state) { inner in
            withUnsafeBytes(of: keyed.outer.state) { outer in
                fl_sha1_rounds(
                    registers,
                    CUnsignedInt(Self.rounds - 1),
                    inner.assumingMemoryBound(to: UInt32.self).baseAddress,
                    outer.assumingMemoryBound(to: UInt32.self).baseAddress,
                    &words
                )
            }
        }
        return firsts.indices.map { index in
            let lane = index - firsts.startIndex
            return (
                words[lane], words[lanes + lane], words[2 * lanes + lane], words[3 * lanes + lane],
                words[4 * lanes + lane]
            )
        }
    }

    /// One value, by nettle: it is asked for the compression of a block and for nothing around it, since its own PBKDF2
    /// takes a fifth longer.
    private func alone(_ first: Value) -> Value {
        withUnsafeTemporaryAllocation(byteCount: Self.blockLength, alignment: 16) { block in
            block.storeBytes(of: Self.swapped(first), as: Value.self)
            // What SHA-1 adds to 20 bytes that follow one block: a bit, and the length in bits at the end.
            block[Self.valueLength...].initializeMemory(as: UInt8.self, repeating: 0)
            block[Self.valueLength] = 0x80
            let bits = UInt16((Self.blockLength + Self.valueLength) * 8)
            block.storeBytes(of: bits.bigEndian, toByteOffset: Self.blockLength - 2, as: UInt16.self)
            var combined = first
            for _ in 1..<Self.rounds {
                _ = Self.compressed(block, from: keyed.inner.state)
                let value = Self.compressed(block, from: keyed.outer.state)
                combined.0 ^= value.0
                combined.1 ^= value.1
                combined.2 ^= value.2
                combined.3 ^= value.3
                combined.4 ^= value.4
            }
            return combined
        }
    }

    /// Hashes a block and puts the value where its text was.
    private static func compressed(_ block: UnsafeMutableRawBufferPointer, from start: Value) -> Value {
        var state = start
        withUnsafeMutableBytes(of: &state) { state in
            nettle_sha1_compress(
                state.assumingMemoryBound(to: UInt32.self).baseAddress,
                block.assumingMemoryBound(to: UInt8.self).baseAddress
            )
        }
        block.storeBytes(of: swapped(state), as: Value.self)
        return state
    }

    /// From the order of bytes that SHA-1 writes to the processor's, or back.
    private static func swapped(_ value: Value) -> Value {
        (value.0.bigEndian, value.1.bigEndian, value.2.bigEndian, value.3.bigEndian, value.4.bigEndian)
    }

    private static func bytes(_ value: Value) -> [UInt8] { withUnsafeBytes(of: swapped(value), Array.init) }
}
