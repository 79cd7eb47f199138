// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What libarchive means; it tells its failures apart by words only.
enum LibarchiveWords {
    /// libarchive 3.6.2's beginnings of messages, in the order they are looked for.
    private static let beginnings: [(words: String, code: ArchiveError.Code, message: String)] = [
        ("Passphrase required", .passphraseRequired, "it is encrypted and no passphrase was given"),
        ("Incorrect passphrase", .wrongPassphrase, "the passphrase does not open it"),
        ("Unsupported ZIP compression method", .unsupportedMethod, "it is compressed in a way that is not read"),
        ("Encrypted file is unsupported", .unsupportedMethod, "it is encrypted in a way that is not read"),
        ("Decryption is unsupported", .unsupportedMethod, "it is encrypted in a way that is not read"),
        ("ZIP bad CRC", .corrupt, "its bytes are not those that were put in"),
    ]

    /// What kind of failure the words are.
    static func code(of text: String) -> ArchiveError.Code { meaning(of: text).code }

    /// The error for a status and words of libarchive.
    static func error(status: CInt, text: String, errorNumber: CInt) -> ArchiveError {
        let underlying = ArchiveError.LibraryStatus(status: status, text: text)
        guard errorNumber != ENOMEM else {
            return ArchiveError(.unreadable, "there is no memory left to read it", underlying: underlying)
        }
        let meaning = meaning(of: text)
        return ArchiveError(meaning.code, meaning.message, underlying: underlying)
    }

    private static func meaning(of text: String) -> (code: ArchiveError.Code, message: String) {
        guard let known = beginnings.first(where: { text.hasPrefix($0.words) }) else {
            return (.corrupt, "its compressed bytes are damaged")
        }
        return (known.code, known.message)
    }
}
