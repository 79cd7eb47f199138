// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A new file that an answer's body goes to; it stays only when it was kept.
///
/// Touched on the loop's thread only, like the transfer that owns it.
final class ResponseFile {
    private let path: String
    private var descriptor: CInt
    /// How many bytes were written.
    private(set) var count = 0

    /// Makes the file, for its owner only; an existing one or a link is an error.
    init(creating path: String) throws(TransportError) {
        guard !path.isEmpty, !path.utf8.contains(0) else {
            throw TransportError(.fileNotWritten, "the name of the file for the answer is none")
        }
        descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        self.path = path
        guard descriptor >= 0 else { throw Self.failure("could not be created", path) }
    }

    deinit { discard() }

    /// Appends bytes.
    func write(_ bytes: UnsafeRawBufferPointer) throws(TransportError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = Glibc.write(descriptor, UnsafeRawBufferPointer(rebasing: rest).baseAddress, rest.count)
            if written < 0, errno == EINTR { continue }
            guard written >= 0 else { throw Self.failure("could not be written", path) }
            rest = rest.dropFirst(written)
            count += written
        }
    }

    /// Closes the file and lets it stay.
    func keep() throws(TransportError) {
        let open = descriptor
        descriptor = -1
        // Some file systems tell only now that the disk is full. An interrupted close has closed the file.
        guard open < 0 || close(open) == 0 || errno == EINTR else {
            let failure = Self.failure("could not be written", path)
            unlink(path)
            throw failure
        }
    }

    /// Closes and removes the file, unless it was kept.
    func discard() {
        guard descriptor >= 0 else { return }
        close(descriptor)
        descriptor = -1
        unlink(path)
    }

    private static func failure(_ what: String, _ path: String) -> TransportError {
        let number = errno
        return TransportError(.fileNotWritten, "the file \(path) \(what): \(String(cString: strerror(number)))")
    }
}
