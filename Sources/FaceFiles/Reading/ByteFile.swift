// SPDX-License-Identifier: Apache-2.0
import Glibc
package import SystemPackage

/// Bytes that are read from the first to the last, and again.
package protocol ByteInput: AnyObject {
    /// The next bytes, at most `count`; empty at the end.
    func next(_ count: Int) throws(Errno) -> [UInt8]
    /// Goes back to a byte counted from 0.
    func rewind(to offset: Int) throws(Errno)
}

/// Bytes that are in memory already.
package final class BytesAtHand: ByteInput {
    private let bytes: [UInt8]
    private var place = 0

    package init(_ bytes: [UInt8]) { self.bytes = bytes }

    package func next(_ count: Int) -> [UInt8] {
        let end = min(place + count, bytes.count)
        defer { place = end }
        return Array(bytes[place..<end])
    }

    package func rewind(to offset: Int) { place = offset }
}

/// Owns a regular file opened for reading from its first byte to its last.
package final class ByteFile: ByteInput {
    /// How many bytes are best read at a time.
    package static let chunk = 1 << 16

    private let descriptor: CInt

    /// Opens a file; anything but a regular file is `EINVAL`, a folder `EISDIR`.
    package init(path: FilePath) throws(Errno) {
        let opened = unsafe path.withPlatformString { unsafe open($0, O_RDONLY | O_NONBLOCK | O_CLOEXEC) }
        guard opened >= 0 else { throw Errno(rawValue: errno) }
        descriptor = opened
        var status = stat()
        guard unsafe fstat(opened, &status) == 0 else { throw Errno(rawValue: errno) }
        switch EntryKind(mode: status.st_mode) {
        case .file: return
        case .folder: throw .isDirectory
        default: throw .invalidArgument
        }
    }

    deinit { close(descriptor) }

    /// The next bytes, at most `count`; empty at the end of the file.
    package func next(_ count: Int) throws(Errno) -> [UInt8] { try Self.read(descriptor, upTo: count) }

    /// Goes back to a byte counted from 0.
    package func rewind(to offset: Int) throws(Errno) {
        guard lseek(descriptor, off_t(offset), SEEK_SET) >= 0 else { throw Errno(rawValue: errno) }
    }

    package static func read(_ descriptor: CInt, upTo count: Int) throws(Errno) -> [UInt8] {
        var failure: CInt = 0
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let got = unsafe Glibc.read(descriptor, buffer.baseAddress?.advanced(by: filled), count - filled)
                if got == 0 { break }
                if got < 0 && errno == EINTR { continue }
                if got < 0 {
                    failure = errno
                    break
                }
                filled += got
            }
        }
        guard failure == 0 else { throw Errno(rawValue: failure) }
        return bytes
    }
}
