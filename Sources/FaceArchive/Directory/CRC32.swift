// SPDX-License-Identifier: Apache-2.0

/// The checksum of zips, for names only; contents are libarchive's to check.
enum CRC32 {
    static func checksum(of bytes: [UInt8]) -> UInt32 {
        var crc = UInt32.max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 0 ? crc >> 1 : crc >> 1 ^ 0xedb8_8320 }
        }
        return ~crc
    }
}
