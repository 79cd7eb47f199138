// SPDX-License-Identifier: Apache-2.0
import CNettle
import CSHA1Lanes
import Testing

@testable import FaceArchive

@Suite("The keys behind a passphrase")
struct PassphraseKeysTests {
    /// What keys can be made in on this processor; `nil` is one value after the other.
    static let ways: [fl_sha1_registers?] = [nil] + [fl_sha1_registers.avx2, .avx512].filter(fl_sha1_has)

    @Test("Are those of nettle's own PBKDF2, for one entry and for several", arguments: ways)
    func sameAsNettle(registers: fl_sha1_registers?) {
        let passphrases = [
            "x", "portraits of the staff", "Grüße, 门禁", String(repeating: "longer than a block ", count: 5),
        ]
        for passphrase in passphrases {
            let keys = PassphraseKeys(passphrase: passphrase, registers: registers)
            for saltLength in [8, 12, 16] {
                for count in 1...6 {
                    let salts = Self.salts(count, of: saltLength)
                    let length = saltLength * 4 + 2
                    #expect(
                        keys.bytes(length, salts: salts) == salts.map { Self.nettles(passphrase, $0, length) },
                        "\(count) salts of \(saltLength) bytes, passphrase of \(passphrase.utf8.count)"
                    )
                }
            }
        }
    }

    private static func salts(_ count: Int, of length: Int) -> [[UInt8]] {
        (0..<count).map { salt in (0..<length).map { UInt8(truncatingIfNeeded: salt &* 97 &+ $0 &* 31 &+ 7) } }
    }

    private static func nettles(_ passphrase: String, _ salt: [UInt8], _ length: Int) -> [UInt8] {
        var keys = [UInt8](repeating: 0, count: length)
        let words = Array(passphrase.utf8)
        nettle_pbkdf2_hmac_sha1(words.count, words, 1000, salt.count, salt, length, &keys)
        return keys
    }
}
