// SPDX-License-Identifier: Apache-2.0
import CLibArchive
import FaceModel
import Glibc

/// Owns one `struct archive *` opened for writing a zip, and the `struct archive_entry *` it is told entries by.
struct WriteHandle: ~Copyable {
    private let raw: OpaquePointer
    private let entry: OpaquePointer

    /// 1980-01-02 in UTC, so that no time zone makes it earlier than what a zip can say.
    private static let time = 315_619_200

    init?() {
        guard let raw = archive_write_new() else { return nil }
        guard let entry = archive_entry_new() else {
            archive_write_free(raw)
            return nil
        }
        self.raw = raw
        self.entry = entry
    }

    deinit {
        // Else freeing would still write the directory of an archive that was given up.
        archive_write_fail(raw)
        archive_write_free(raw)
        archive_entry_free(entry)
    }

    /// Begins a zip.
    func open(_ descriptor: CInt, passphrase: Secret?) throws(ArchiveError) {
        try check(archive_write_set_format_zip(raw))
        if let passphrase {
            try check(archive_write_set_format_option(raw, "zip", "encryption", "aes256"))
            try check(archive_write_set_passphrase(raw, passphrase.revealed))
        }
        try check(archive_write_set_bytes_per_block(raw, 256 << 10))
        try check(archive_write_set_bytes_in_last_block(raw, 1))
        try check(archive_write_open_fd(raw, descriptor))
    }

    /// Begins an entry; its size is `nil` where it is not known yet.
    func begin(_ name: String, size: Int?, deflated: Bool) throws(ArchiveError) {
        try check(
            deflated ? archive_write_zip_set_compression_deflate(raw) : archive_write_zip_set_compression_store(raw)
        )
        archive_entry_clear(entry)
        archive_entry_copy_pathname(entry, name)
        archive_entry_set_mode(entry, fl_ae_ifreg | 0o600)
        archive_entry_set_mtime(entry, Self.time, 0)
        if let size { archive_entry_set_size(entry, la_int64_t(size)) }
        guard let status = UTF8Locale.use({ [raw, entry] in archive_write_header(raw, entry) }) else {
            throw ArchiveError(.unwritable, "the system has no locale C.UTF-8, which names need")
        }
        try check(status)
    }

    /// Writes content of the entry.
    func write(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
        var done = 0
        while done < bytes.count {
            let count = archive_write_data(raw, bytes.baseAddress.map { $0 + done }, bytes.count - done)
            guard count > 0 else { throw failure(CInt(truncatingIfNeeded: count)) }
            done += count
        }
    }

    /// Ends the entry.
    func end() throws(ArchiveError) { try check(archive_write_finish_entry(raw)) }

    /// Writes the directory.
    func close() throws(ArchiveError) { try check(archive_write_close(raw)) }

    private func check(_ status: CInt) throws(ArchiveError) {
        guard status != ARCHIVE_OK else { return }
        throw failure(status)
    }

    private func failure(_ status: CInt) -> ArchiveError {
        let number = archive_errno(raw)
        let text = archive_error_string(raw).map { String(cString: $0) } ?? "no reason given"
        // libarchive's own numbers are negative, or count up from where the system's end.
        guard number > 0, number < 134 else {
            return ArchiveError(.unwritable, "it cannot be written", underlying: .init(status: status, text: text))
        }
        let words = "\(text): \(ArchiveError.words(of: number))"
        return ArchiveError(.unwritable, "it cannot be written", underlying: .init(status: number, text: words))
    }
}
