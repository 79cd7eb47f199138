// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A regular file opened for reading at any place, by many tasks at once.
final class InputFile: Sendable {
    let path: String
    let descriptor: CInt
    let size: UInt64

    init(path: String) throws(ArchiveError) {
        // Without O_NONBLOCK a named pipe would wait here for its writer.
        let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .system(.unreadable, "\(path) cannot be opened", errno) }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw ArchiveError(.unreadable, "\(path) is no regular file")
        }
        self.path = path
        self.descriptor = descriptor
        size = UInt64(status.st_size)
    }

    deinit { close(descriptor) }

    /// Fills the buffer from a place of the file.
    ///
    /// - Throws: `unreadable`, or `truncated` when the file ends before the buffer is full.
    func read(_ buffer: UnsafeMutableRawBufferPointer, at offset: UInt64) throws(ArchiveError) {
        var filled = 0
        while filled < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let count = pread(descriptor, rest.baseAddress, rest.count, off_t(offset) + off_t(filled))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw .system(.unreadable, "\(path) cannot be read", errno) }
            guard count > 0 else { throw ArchiveError(.truncated, "\(path) has become shorter") }
            filled += count
        }
    }

    /// Bytes from a place of the file; as `read(_:at:)`.
    func bytes(at offset: UInt64, count: Int) throws(ArchiveError) -> [UInt8] {
        var failure: ArchiveError?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            do throws(ArchiveError) {
                try read(
                    UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]),
                    at: offset
                )
                filled = count
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
        return bytes
    }
}
