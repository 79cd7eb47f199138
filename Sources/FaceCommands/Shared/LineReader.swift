// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The lines of a file of any length, read a piece at a time.
final class LineReader {
    private static let chunk = 1 << 16

    private let descriptor: Int32
    private let path: String
    private var buffer: [UInt8] = []
    private var start = 0
    private var isAtEnd = false

    /// Opens a file.
    ///
    /// - Parameter path: The file.
    /// - Throws: ``CommandError`` with the system's own words, with status 64 where there is no such file.
    init(_ path: String) throws(CommandError) {
        self.path = path
        descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let problem = TextFile.Problem(code: errno)
            throw .file("\(path) cannot be read: \(problem.text).", problem)
        }
    }

    /// The next line without its end, `nil` after the last.
    func next() throws(CommandError) -> String? {
        while true {
            if let end = buffer[start...].firstIndex(of: UInt8(ascii: "\n")) {
                defer { start = end + 1 }
                return String(decoding: buffer[start..<end], as: UTF8.self)
            }
            if isAtEnd {
                guard start < buffer.count else { return nil }
                defer { start = buffer.count }
                return String(decoding: buffer[start...], as: UTF8.self)
            }
            try fill()
        }
    }

    deinit { close(descriptor) }

    private func fill() throws(CommandError) {
        buffer.removeFirst(start)
        start = 0
        var piece = [UInt8](repeating: 0, count: Self.chunk)
        let count = unsafe piece.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
        guard count >= 0 else {
            if errno == EINTR { return }
            throw .failed("\(path) cannot be read: \(systemText(errno)).")
        }
        isAtEnd = count == 0
        buffer += piece[..<count]
    }
}
