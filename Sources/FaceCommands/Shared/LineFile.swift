// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// A private file (0600) of lines that has its name only once it is whole.
struct LineFile {
    private static let bufferSize = 1 << 16

    private let path: String
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    private var partial: String { path + ".partial" }

    /// Begins the file, in the place of a partial one that a killed run left.
    ///
    /// - Parameter path: The file.
    /// - Throws: ``CommandError`` with the system's own words.
    init(_ path: String) throws(CommandError) {
        self.path = path
        unsafe unlink(path + ".partial")
        descriptor = unsafe open(path + ".partial", O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure }
    }

    /// Adds a line.
    mutating func write(_ line: String) throws(CommandError) {
        buffer.append(contentsOf: line.utf8)
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Puts everything on the disk and gives the file its name, which is on the disk too when this returns.
    ///
    /// - Throws: ``CommandError``; the file is then to be abandoned.
    mutating func finish() throws(CommandError) {
        try flush()
        guard fsync(descriptor) == 0, unsafe rename(partial, path) == 0 else { throw failure }
        try syncFolder()
        // What was synced cannot be lost by closing.
        close(descriptor)
    }

    private func syncFolder() throws(CommandError) {
        let slash = path.lastIndex(of: "/")
        let name = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        let folder = unsafe open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw failure }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw failure }
    }

    /// Removes what was written.
    func abandon() {
        close(descriptor)
        unsafe unlink(partial)
    }

    private mutating func flush() throws(CommandError) {
        var rest = buffer[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno != EINTR { throw failure }
            rest = rest.dropFirst(max(0, count))
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private var failure: CommandError { .failed("\(path) cannot be written: \(systemText(errno)).") }
}
