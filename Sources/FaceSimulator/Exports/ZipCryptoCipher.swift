// SPDX-License-Identifier: Apache-2.0

/// The cipher of PKZIP, for devices that never had a better one.
struct ZipCryptoCipher {
    /// The random bytes before the data, of which the last one tells a wrong password.
    static let headerCount = 12

    private var keys: (UInt32, UInt32, UInt32) = (0x1234_5678, 0x2345_6789, 0x3456_7890)

    /// Appends data, encrypted.
    static func append(_ data: [UInt8], password: String, check: UInt8, to out: inout [UInt8]) {
        var cipher = ZipCryptoCipher()
        for byte in password.utf8 { cipher.update(byte) }
        for byte in ZipCipher.random(headerCount - 1) { out.append(cipher.encrypt(byte)) }
        out.append(cipher.encrypt(check))
        for byte in data { out.append(cipher.encrypt(byte)) }
    }

    private mutating func encrypt(_ byte: UInt8) -> UInt8 {
        let mixed = keys.2 & 0xFFFF | 2
        let stream = UInt8(truncatingIfNeeded: (mixed &* (mixed ^ 1)) >> 8)
        update(byte)
        return byte ^ stream
    }

    private mutating func update(_ byte: UInt8) {
        keys.0 = CRC32.step(keys.0, byte)
        keys.1 = (keys.1 &+ keys.0 & 0xFF) &* 134_775_813 &+ 1
        keys.2 = CRC32.step(keys.2, UInt8(truncatingIfNeeded: keys.1 >> 24))
    }
}
