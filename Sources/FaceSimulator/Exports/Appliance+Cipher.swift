// SPDX-License-Identifier: Apache-2.0

/// The encryption of archives (E3), and messages 1362 and 1363, which choose it (8.18, 8.19).
extension Appliance {
    func chooseCipher(_ call: Call) async throws -> Reply {
        // What is left out keeps its value (Y7).
        guard let flag = try call.fields.integer("aes_crypto_flag") ?? (quirks[.resetToDefault] ? 0 : nil) else {
            return .success()
        }
        guard flag == 0 || flag == 1 else { throw DeviceFault(.parameter) }
        try await store.setAESFlag(flag)
        return .success()
    }

    func cipherInUse() async throws -> Reply {
        .success(.object([("aes_crypto_flag", .integer(try await store.aesFlag()))]))
    }

    /// How an archive of a kind is encrypted, with a new password.
    func cipher(of kind: ExportKind) async throws -> ZipCipher {
        let isPlain = quirks[.zipPlain] || !kind.isProtected && !quirks[.zipPasswdMissing]
        guard !isPlain else { return ZipCipher(method: .none, password: Self.newPassword()) }
        let strength: AESStrength = try await store.aesFlag() == 1 ? .aes256 : .aes128
        return ZipCipher(
            method: quirks[.zipZipCrypto] ? .zipCrypto : .aes(strength),
            password: Self.newPassword()
        )
    }

    /// The password that the reply to an export of a kind gives.
    func shownPassword(_ cipher: ZipCipher, _ kind: ExportKind) -> String? {
        guard kind.isProtected, !quirks[.zipPasswdMissing] else { return nil }
        return quirks[.zipPasswdWrong] ? Self.newPassword() : cipher.password
    }

    private static func newPassword() -> String {
        let letters = Array("ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz23456789")
        return String((0..<16).map { _ in letters[Int.random(in: letters.indices)] })
    }
}
