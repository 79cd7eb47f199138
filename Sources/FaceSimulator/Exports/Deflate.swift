// SPDX-License-Identifier: Apache-2.0
import CLibArchive

/// The simulator's own hold on libarchive: deflates the CSV of an archive.
///
/// libarchive gives the deflated data as a gzip file, whose frame is taken off again.
enum Deflate {
    /// Deflates bytes.
    ///
    /// - Throws: ``DeflateFault`` with libarchive's words.
    static func deflated(_ bytes: [UInt8]) throws(DeflateFault) -> [UInt8] {
        guard let archive = unsafe archive_write_new() else { throw DeflateFault("out of memory") }
        defer { unsafe archive_write_free(archive) }
        guard let entry = unsafe archive_entry_new() else { throw DeflateFault("out of memory") }
        defer { unsafe archive_entry_free(entry) }
        // The macro AE_IFREG is a cast, which Swift does not see.
        unsafe archive_entry_set_filetype(entry, 0o100000)
        // What cannot be made smaller grows by five bytes in each 16 KiB.
        var file = [UInt8](repeating: 0, count: bytes.count + bytes.count / 1024 + 1024)
        var count = 0
        let isDone = unsafe file.withUnsafeMutableBytes { room in
            unsafe archive_write_set_format_raw(archive) == ARCHIVE_OK
                && archive_write_add_filter_gzip(archive) == ARCHIVE_OK
                && archive_write_open_memory(archive, room.baseAddress, room.count, &count) == ARCHIVE_OK
                && archive_write_header(archive, entry) == ARCHIVE_OK
                && archive_write_data(archive, bytes, bytes.count) == bytes.count
                && archive_write_close(archive) == ARCHIVE_OK
        }
        guard isDone else { throw unsafe DeflateFault(archive) }
        return Array(file[headCount..<count - tailCount])
    }

    /// The head of a gzip file without a name, and its tail: checksum and length.
    private static let headCount = 10
    private static let tailCount = 8
}

/// Why something could not be deflated.
struct DeflateFault: Error, CustomStringConvertible {
    let description: String

    init(_ words: String) { description = "deflate: " + words }

    /// The words of libarchive for the last call that failed.
    init(_ archive: OpaquePointer) {
        let words = unsafe archive_error_string(archive)
        self.init(unsafe words.map { unsafe String(cString: $0) } ?? "no reason given")
    }
}
