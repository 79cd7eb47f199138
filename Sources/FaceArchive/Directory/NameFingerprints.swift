// SPDX-License-Identifier: Apache-2.0

/// Names that were seen, in 16 bytes each.
struct NameFingerprints {
    private var seen: Set<UInt128> = []

    /// Remembers a name.
    ///
    /// - Returns: Whether it is new; two names count as one only when all their bytes are the same.
    mutating func insert(_ name: some Collection<UInt8>) -> Bool {
        seen.insert(UInt128(half(name, 0)) << 64 | UInt128(half(name, 1))).inserted
    }

    private func half(_ name: some Collection<UInt8>, _ salt: UInt8) -> UInt64 {
        var hasher = Hasher()
        hasher.combine(salt)
        if name.withContiguousStorageIfAvailable({ hasher.combine(bytes: UnsafeRawBufferPointer($0)) }) == nil {
            for byte in name { hasher.combine(byte) }
        }
        return UInt64(bitPattern: Int64(hasher.finalize()))
    }
}
