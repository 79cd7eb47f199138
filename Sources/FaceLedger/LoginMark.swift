// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation

/// What tells whether a password is the one of an earlier login, without being it: PBKDF2 with HMAC-SHA256 and a random
/// salt, so that trying words out is slow.
struct LoginMark {
    /// Salt and digest in hexadecimal digits.
    let text: String
    private let salt: [UInt8]
    private let digest: [UInt8]

    private static let rounds = 50_000
    private static let length = 32

    /// Makes the mark of a password with a new salt.
    init(of password: String) {
        let salt = (0..<Self.length).map { _ in UInt8.random(in: .min ... .max) }
        self.init(salt: salt, digest: Self.derived(password, salt))
    }

    /// Reads a mark, `nil` for what is none.
    init?(text: Substring) {
        let bytes = Self.bytes(ofHex: text)
        guard bytes.count == 2 * Self.length else { return nil }
        self.init(salt: Array(bytes.prefix(Self.length)), digest: Array(bytes.suffix(Self.length)))
    }

    private init(salt: [UInt8], digest: [UInt8]) {
        self.salt = salt
        self.digest = digest
        text = Self.hex(salt + digest)
    }

    /// Whether it is the mark of a password.
    func isOf(_ password: String) -> Bool { Self.derived(password, salt) == digest }

    /// The name of an account's file, which tells neither address nor user.
    static func fileName(of account: String) -> String { hex(SHA256.hash(data: Data(account.utf8)).prefix(16)) }

    private static func derived(_ password: String, _ salt: [UInt8]) -> [UInt8] {
        let key = SymmetricKey(data: Data(password.utf8))
        let first: [UInt8] = salt + [0, 0, 0, 1]
        var block = Array(HMAC<SHA256>.authenticationCode(for: first, using: key))
        var result = block
        for _ in 1..<rounds {
            block = Array(HMAC<SHA256>.authenticationCode(for: block, using: key))
            for place in result.indices { result[place] ^= block[place] }
        }
        return result
    }

    private static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func bytes(ofHex text: Substring) -> [UInt8] {
        var digits = text[...]
        var bytes: [UInt8] = []
        while digits.count >= 2, let byte = UInt8(digits.prefix(2), radix: 16) {
            bytes.append(byte)
            digits = digits.dropFirst(2)
        }
        return digits.isEmpty ? bytes : []
    }
}
