// SPDX-License-Identifier: Apache-2.0

/// How an archive is encrypted, and with which password.
struct ZipCipher: Sendable {
    enum Method: Hashable, Sendable {
        case none
        /// The cipher of PKZIP (`zip_zipcrypto`).
        case zipCrypto
        case aes(AESStrength)
    }

    var method: Method
    var password: String

    /// How many bytes stand around the data of an entry.
    var overhead: Int {
        switch method {
        case .none: 0
        case .zipCrypto: ZipCryptoCipher.headerCount
        case .aes(let strength): strength.saltCount + WinZipAES.verifierCount + WinZipAES.codeCount
        }
    }

    /// Appends the data of an entry, encrypted.
    ///
    /// - Parameters:
    ///   - data: The data, deflated or as it is.
    ///   - check: The byte by which a reader tells a wrong password with ZipCrypto.
    ///   - out: The entry so far.
    func append(_ data: [UInt8], check: UInt8, to out: inout [UInt8]) {
        switch method {
        case .none: out += data
        case .zipCrypto: ZipCryptoCipher.append(data, password: password, check: check, to: &out)
        case .aes(let strength): WinZipAES.append(data, password: password, strength, to: &out)
        }
    }

    /// Random bytes, for salts.
    static func random(_ count: Int) -> [UInt8] {
        var generator = SystemRandomNumberGenerator()
        return (0..<count).map { _ in generator.next() }
    }
}

/// The two strengths of AES that the device knows.
enum AESStrength: UInt8, Sendable {
    /// The numbers are those of the extra field 0x9901.
    case aes128 = 1
    case aes256 = 3

    var keyCount: Int { self == .aes128 ? 16 : 32 }
    var saltCount: Int { keyCount / 2 }
}
