// SPDX-License-Identifier: Apache-2.0
import CLibArchive
import FaceModel

/// Owns one `struct archive *` opened for reading.
struct ReadHandle: ~Copyable {
    let raw: OpaquePointer

    init?() {
        guard let raw = archive_read_new() else { return nil }
        self.raw = raw
    }

    deinit { archive_read_free(raw) }

    /// The library's last words; they end with a newline in places.
    var words: String {
        guard let text = archive_error_string(raw) else { return "no reason given" }
        return String(String(cString: text).reversed().drop { $0.isNewline }.reversed())
    }

    /// Passes what is no failure, and nothing else: a warning is the word for a wrong checksum.
    func check(_ status: CInt) throws(ArchiveError) {
        guard status != ARCHIVE_OK else { return }
        throw LibarchiveWords.error(status: status, text: words, errorNumber: archive_errno(raw))
    }
}

/// Has libarchive inflate and check one entry, and decrypt one in PKWARE's old way.
enum EntryReader {
    /// The whole content.
    ///
    /// - Parameters:
    ///   - size: How many bytes the directory says it has.
    ///   - lone: The entry as a zip of its own.
    ///   - passphrase: The passphrase, where there is one.
    ///   - hasChecksum: Whether its checksum is one; what has none was authenticated before.
    /// - Returns: The content.
    /// - Throws: `passphraseRequired`, `wrongPassphrase`, `unsupportedMethod`, `corrupt` or `unreadable`.
    static func content(
        of size: Int,
        in lone: borrowing LoneEntry,
        passphrase: Secret?,
        hasChecksum: Bool
    ) throws(ArchiveError) -> [UInt8] {
        let handle = try opened(lone, passphrase: passphrase, hasChecksum: hasChecksum)
        var failure: ArchiveError?
        // A size of 0 still asks for a byte: only at the end of the content are checksums compared.
        let content = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
            do throws(ArchiveError) {
                try fill(buffer, size, from: handle)
                filled = size
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return content
    }

    /// Whether a passphrase passes an entry's own check of it; `nil` when that cannot be told.
    static func opens(_ lone: borrowing LoneEntry, passphrase: Secret?) -> Bool? {
        guard let handle = try? opened(lone, passphrase: passphrase, hasChecksum: true) else { return nil }
        var byte: UInt8 = 0
        guard archive_read_data(handle.raw, &byte, 1) < 0 else { return true }
        return LibarchiveWords.code(of: handle.words) == .wrongPassphrase ? false : nil
    }

    private static func opened(
        _ lone: borrowing LoneEntry,
        passphrase: Secret?,
        hasChecksum: Bool
    ) throws(ArchiveError) -> ReadHandle {
        guard let handle = ReadHandle() else { throw ArchiveError(.unreadable, "there is no memory left to read it") }
        try handle.check(archive_read_support_format_zip_seekable(handle.raw))
        // libarchive takes no empty passphrase.
        if let passphrase, !passphrase.revealed.isEmpty {
            try handle.check(archive_read_add_passphrase(handle.raw, passphrase.revealed))
        }
        if !hasChecksum { try handle.check(archive_read_set_option(handle.raw, "zip", "ignorecrc32", "1")) }
        try handle.check(archive_read_open_memory(handle.raw, lone.bytes.baseAddress, lone.bytes.count))
        var entry: OpaquePointer?
        let status = archive_read_next_header(handle.raw, &entry)
        guard status != ARCHIVE_EOF else { throw ArchiveError(.corrupt, "libarchive finds no entry in it") }
        try handle.check(status)
        return handle
    }

    private static func fill(
        _ buffer: UnsafeMutableBufferPointer<UInt8>,
        _ size: Int,
        from handle: borrowing ReadHandle
    ) throws(ArchiveError) {
        var filled = 0
        while filled < size {
            let count = archive_read_data(handle.raw, buffer.baseAddress.map { $0 + filled }, size - filled)
            guard count >= 0 else { throw failure(count, handle) }
            guard count > 0 else {
                throw ArchiveError(.corrupt, "it has \(filled) bytes, and \(size) by the directory")
            }
            filled += count
        }
        var more: UInt8 = 0
        let count = archive_read_data(handle.raw, &more, 1)
        guard count >= 0 else { throw failure(count, handle) }
        guard count == 0 else {
            throw ArchiveError(.corrupt, "it has more than the \(size) bytes that the directory says")
        }
    }

    private static func failure(_ status: Int, _ handle: borrowing ReadHandle) -> ArchiveError {
        LibarchiveWords.error(
            status: CInt(truncatingIfNeeded: status),
            text: handle.words,
            errorNumber: archive_errno(handle.raw)
        )
    }
}
