// SPDX-License-Identifier: Apache-2.0
import Crypto
import CryptoExtras
import FaceFiles
public import FaceModel
import Foundation

/// What opens a repository.
public enum RepositorySecret: Sendable {
    /// A passphrase that a person chose.
    case passphrase(Secret)
    /// The bytes of a file that is kept somewhere else.
    case keyFile([UInt8])

    /// What the key is derived from.
    fileprivate var bytes: [UInt8] {
        switch self {
        case .passphrase(let secret): Array(secret.revealed.utf8)
        case .keyFile(let bytes): bytes
        }
    }
}

/// How much memory and time it costs to try one passphrase (scrypt, RFC 7914).
struct KeyCost: Sendable, Hashable, Codable {
    var n: Int
    var r: Int
    var p: Int

    /// 64 MiB and some tenths of a second.
    static let standard = KeyCost(n: 1 << 16, r: 8, p: 1)

    /// How many bytes it takes.
    var memory: Int { 128 * n * r + 128 * r * p + (1 << 20) }

    /// Whether a file may ask for it: no more than 1 GiB.
    var isBearable: Bool {
        n > 1 && n <= 1 << 20 && n & (n - 1) == 0 && (1...16).contains(r) && (1...16).contains(p) && memory <= 1 << 30
    }
}

/// `repository.json`: the passphrase of the archives, wrapped by what the user has.
///
/// scrypt makes a key of the user's secret; with it AES-256 key wrap (RFC 3394) hides the passphrase, which is how
/// OpenSSL can unwrap it too.
struct RepositoryKeyFile: Sendable, Hashable, Codable {
    /// What the file is, for who opens it.
    var format: String
    /// The version of the repository's format.
    var version: Int
    /// What tells repositories apart.
    var id: String
    /// When it was made.
    var created: String
    /// How the wrapping key is derived.
    var kdf: Derivation
    /// The passphrase of the archives, wrapped.
    var wrapped: String
    /// The SHA-256 of all else, as ``canonicalText(of:)`` writes it with this left empty.
    var checksum: String

    /// How a key is derived.
    struct Derivation: Sendable, Hashable, Codable {
        var name: String
        var salt: String
        var cost: KeyCost
    }

    /// The only version there is.
    static let currentVersion = 1
    private static let formatName = "facelib repository"

    /// Wraps a key.
    ///
    /// - Parameters:
    ///   - key: The key of the archives.
    ///   - secret: What shall open it.
    ///   - cost: What it costs to try a secret.
    ///   - now: The time that is written down.
    /// - Throws: ``RepositoryError``.
    init(wrapping key: RepositoryKey, for secret: RepositorySecret, cost: KeyCost, at now: String) throws {
        let salt = (0..<16).map { _ in UInt8.random(in: .min ... .max) }
        let wrapping = try Self.derive(secret, salt: salt, cost)
        let wrapped = try AES.KeyWrap.wrap(SymmetricKey(data: Array(key.passphrase.revealed.utf8)), using: wrapping)
        format = Self.formatName
        version = Self.currentVersion
        id = UUID().uuidString.lowercased()
        created = now
        kdf = Derivation(name: "scrypt", salt: Hexadecimal.text(of: salt), cost: cost)
        self.wrapped = Hexadecimal.text(of: Array(wrapped))
        checksum = ""
        checksum = Self.checksum(of: self)
    }

    /// Reads a file; `nil` where it is not exactly what was written.
    init?(reading bytes: [UInt8]) {
        guard let file = try? JSONDecoder().decode(Self.self, from: Data(bytes)), file.format == Self.formatName,
            file.version == Self.currentVersion,
            file.checksum == Self.checksum(of: file), Array(Self.canonicalText(of: file).utf8) == bytes
        else { return nil }
        self = file
    }

    /// Whether a file is of a version that is not known here, whatever else is in it.
    static func isNewer(_ bytes: [UInt8]) -> Bool {
        struct Head: Decodable {
            var format: String
            var version: Int
        }
        guard let head = try? JSONDecoder().decode(Head.self, from: Data(bytes)) else { return false }
        return head.format == formatName && head.version > currentVersion
    }

    /// The file's text.
    var text: String { Self.canonicalText(of: self) }

    /// Unwraps the key of the archives.
    ///
    /// - Parameters:
    ///   - secret: What shall open it.
    ///   - path: The repository, for messages.
    /// - Returns: The key.
    /// - Throws: ``RepositoryError`` with `wrongPassphrase` or `failed`.
    func key(_ secret: RepositorySecret, of path: String) throws -> RepositoryKey {
        guard kdf.name == "scrypt", kdf.cost.isBearable, let salt = Hexadecimal.bytes(of: kdf.salt),
            let wrapped = Hexadecimal.bytes(of: wrapped)
        else { throw RepositoryError(.damaged, "\(path)/\(RepositoryLayout.keyFiles[0]) makes no sense") }
        let wrapping = try Self.derive(secret, salt: salt, kdf.cost)
        guard let key = try? AES.KeyWrap.unwrap(wrapped, using: wrapping) else {
            let what = if case .passphrase = secret { "the passphrase" } else { "the key file" }
            throw RepositoryError(.wrongPassphrase, "\(what) does not open the repository \(path); name the right one")
        }
        let text = unsafe key.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
        return RepositoryKey(passphrase: Secret(text))
    }

    private static func derive(_ secret: RepositorySecret, salt: [UInt8], _ cost: KeyCost) throws -> SymmetricKey {
        try KDF.Scrypt.deriveKey(
            from: secret.bytes,
            salt: salt,
            outputByteCount: 32,
            rounds: cost.n,
            blockSize: cost.r,
            parallelism: cost.p,
            maxMemory: cost.memory
        )
    }

    private static func checksum(of file: RepositoryKeyFile) -> String {
        var bare = file
        bare.checksum = ""
        return FaceModel.Digest(of: Array(canonicalText(of: bare).utf8)).hex
    }

    private static func canonicalText(of file: RepositoryKeyFile) -> String { RepositoryJSON.text(of: file) }
}

/// The JSON of a repository: for people too, and always the same for the same values.
enum RepositoryJSON {
    /// The text of a value, with a line end.
    static func text(of value: some Encodable) -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        // Values of texts and numbers always encode.
        guard let data = try? encoder.encode(value) else { return "" }
        return String(decoding: data, as: UTF8.self) + "\n"
    }
}
