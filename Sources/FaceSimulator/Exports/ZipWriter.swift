// SPDX-License-Identifier: Apache-2.0
import CLibArchive
import SystemPackage

/// The simulator's own hold on libarchive: writes a zip to a file, entry by entry.
///
/// An archive that is not ``finish()``ed is no archive; the file is the caller's to remove.
@safe struct ZipWriter: ~Copyable {
    /// How the data of the entries is kept.
    enum Method: Sendable {
        /// As it is: pictures do not get any smaller.
        case stored
        case deflated
    }

    private let archive: OpaquePointer

    /// Begins an archive in a file that is there, empty.
    ///
    /// - Throws: ``ZipFault`` with libarchive's words.
    static func begin(_ file: FilePath, _ cipher: ZipCipher) throws(ZipFault) -> ZipWriter {
        guard let archive = unsafe archive_write_new() else { throw ZipFault("archive_write_new: out of memory") }
        let writer = unsafe ZipWriter(archive: archive)
        try writer.open(file, cipher)
        return writer
    }

    private init(archive: OpaquePointer) {
        unsafe self.archive = unsafe archive
    }

    deinit {
        unsafe archive_write_free(archive)
    }

    private borrowing func open(_ file: FilePath, _ cipher: ZipCipher) throws(ZipFault) {
        try check(unsafe archive_write_set_format_zip(archive), "zip")
        if let option = cipher.option {
            try check(unsafe archive_write_set_options(archive, "zip:encryption=\(option)"), option)
            try check(unsafe archive_write_set_passphrase(archive, cipher.password), "passphrase")
        }
        try check(unsafe archive_write_open_filename(archive, file.string), "open")
    }

    /// Adds a file.
    ///
    /// - Parameters:
    ///   - name: Its name, as it shall stand in the archive.
    ///   - bytes: What it holds.
    ///   - method: How its data is kept.
    ///   - seconds: When it was made, since 1970.
    /// - Throws: ``ZipFault`` with libarchive's words.
    borrowing func add(_ name: EntryName, _ bytes: [UInt8], _ method: Method, at seconds: Int) throws(ZipFault) {
        switch method {
        case .stored: try check(unsafe archive_write_zip_set_compression_store(archive), "store")
        case .deflated: try check(unsafe archive_write_zip_set_compression_deflate(archive), "deflate")
        }
        try writeHeader(name, isFolder: false, count: bytes.count, at: seconds)
        guard !bytes.isEmpty else { return }
        let written = unsafe archive_write_data(archive, bytes, bytes.count)
        guard written == bytes.count else { throw unsafe ZipFault(archive, "data") }
    }

    /// Adds an entry for a folder.
    borrowing func addFolder(_ name: EntryName, at seconds: Int) throws(ZipFault) {
        try writeHeader(name, isFolder: true, count: 0, at: seconds)
    }

    /// Writes the directory of the archive and closes the file.
    consuming func finish() throws(ZipFault) {
        try check(unsafe archive_write_close(archive), "close")
    }

    private borrowing func writeHeader(
        _ name: EntryName,
        isFolder: Bool,
        count: Int,
        at seconds: Int
    ) throws(ZipFault) {
        guard let entry = unsafe archive_entry_new() else { throw ZipFault("archive_entry_new: out of memory") }
        defer { unsafe archive_entry_free(entry) }
        let status = name.locale.around {
            unsafe archive_entry_copy_pathname(entry, name.bytes.map { CChar(bitPattern: $0) } + [0])
            unsafe archive_entry_set_filetype(entry, isFolder ? Self.folder : Self.regularFile)
            unsafe archive_entry_set_perm(entry, isFolder ? 0o755 : 0o644)
            unsafe archive_entry_set_size(entry, Int64(count))
            unsafe archive_entry_set_mtime(entry, seconds, 0)
            return unsafe archive_write_header(archive, entry)
        }
        try check(status, "header")
    }

    /// A warning means that something was left out, which no archive of a device may be missing.
    private borrowing func check(_ status: CInt, _ step: String) throws(ZipFault) {
        guard status == ARCHIVE_OK else { throw unsafe ZipFault(archive, step) }
    }

    // The macros AE_IFREG and AE_IFDIR are casts, which Swift does not see.
    private static let regularFile: UInt32 = 0o100000
    private static let folder: UInt32 = 0o040000
}

/// How an archive is encrypted, and with which password.
struct ZipCipher: Sendable {
    /// libarchive's name of the method; `nil` for a plain archive.
    var option: String?
    var password = ""
}

/// Why an archive could not be written.
struct ZipFault: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    /// The words of libarchive for the last call that failed.
    init(_ archive: OpaquePointer, _ step: String) {
        let words = unsafe archive_error_string(archive)
        description = "archive \(step): " + (unsafe words.map { unsafe String(cString: $0) } ?? "no reason given")
    }
}
