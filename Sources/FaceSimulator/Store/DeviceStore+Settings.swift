// SPDX-License-Identifier: Apache-2.0
import GRDB

extension DeviceStore {
    /// Which AES encrypts archives: 0 for 128 bits, 1 for 256 (8.18).
    func aesFlag() async throws -> Int {
        try await database.read {
            try Int.fetchOne($0, sql: "SELECT value FROM device WHERE name = 'aes_crypto_flag'") ?? 0
        }
    }

    /// Chooses the AES of the archives to come.
    func setAESFlag(_ flag: Int) async throws {
        try await database.write {
            try $0.execute(
                sql: "INSERT OR REPLACE INTO device VALUES ('aes_crypto_flag', ?)",
                arguments: [String(flag)]
            )
        }
    }
}
