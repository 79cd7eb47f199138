// SPDX-License-Identifier: Apache-2.0
import CNettle

/// AES in WinZip's counter mode, whose counter begins with 1 and has its lowest byte first.
///
/// Nettle's own counter mode has the highest byte first, so a row of counters is encrypted block by block, which it
/// does many at a time, and laid over the data.
enum CounterCipher {
    private static let rowCount = 4096

    /// Encrypts bytes in place, or decrypts them.
    static func apply(_ key: [UInt8], _ strength: AESStrength, to bytes: UnsafeMutableRawBufferPointer) {
        switch strength {
        case .aes128:
            var context = aes128_ctx()
            unsafe nettle_aes128_set_encrypt_key(&context, key)
            unsafe apply(to: bytes) { unsafe nettle_aes128_encrypt(&context, rowCount, $0, $1) }
        case .aes256:
            var context = aes256_ctx()
            unsafe nettle_aes256_set_encrypt_key(&context, key)
            unsafe apply(to: bytes) { unsafe nettle_aes256_encrypt(&context, rowCount, $0, $1) }
        }
    }

    /// - Parameters:
    ///   - bytes: What to encrypt.
    ///   - encrypt: Encrypts a row of counters (the second) into a row of the key stream (the first).
    private static func apply(
        to bytes: UnsafeMutableRawBufferPointer,
        _ encrypt: (UnsafeMutablePointer<UInt8>, UnsafePointer<UInt8>) -> Void
    ) {
        unsafe withUnsafeTemporaryAllocation(byteCount: 2 * rowCount, alignment: 64) { rows in
            guard let start = unsafe rows.baseAddress?.assumingMemoryBound(to: UInt8.self) else { return }
            unsafe rows.initializeMemory(as: UInt8.self, repeating: 0)
            let stream = unsafe UnsafeRawBufferPointer(rebasing: rows[rowCount...])
            var counter: UInt64 = 0
            var done = 0
            while done < bytes.count {
                for place in stride(from: 0, to: rowCount, by: 16) {
                    counter += 1
                    unsafe rows.storeBytes(of: counter.littleEndian, toByteOffset: place, as: UInt64.self)
                }
                unsafe encrypt(start + rowCount, UnsafePointer(start))
                let end = min(done + rowCount, bytes.count)
                unsafe lay(stream, over: UnsafeMutableRawBufferPointer(rebasing: bytes[done..<end]))
                done = end
            }
        }
    }

    private static func lay(_ stream: UnsafeRawBufferPointer, over bytes: UnsafeMutableRawBufferPointer) {
        var index = 0
        while index + 32 <= bytes.count {
            let plain = unsafe bytes.loadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self)
            let cover = unsafe stream.loadUnaligned(fromByteOffset: index, as: SIMD4<UInt64>.self)
            unsafe bytes.storeBytes(of: plain ^ cover, toByteOffset: index, as: SIMD4<UInt64>.self)
            index += 32
        }
        while index < bytes.count {
            unsafe bytes[index] ^= stream[index]
            index += 1
        }
    }
}
