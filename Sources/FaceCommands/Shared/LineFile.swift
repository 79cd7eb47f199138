// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import SystemPackage

/// A private file (0600) of lines that has its name only once it is whole.
struct LineFile {
    private static let bufferSize = 1 << 16

    private let path: String
    private let file: WholeFile
    private var buffer: [UInt8] = []

    /// Begins the file, in the place of a partial one that a killed run left; what is not finished is removed.
    ///
    /// - Parameter path: The file.
    /// - Throws: ``CommandError`` with the system's own words.
    init(_ path: String) throws(CommandError) {
        self.path = path
        do {
            file = try WholeFile(FilePath(path))
        } catch {
            throw Self.failure(path, error)
        }
    }

    /// Adds a line.
    mutating func write(_ line: String) throws(CommandError) {
        buffer.append(contentsOf: line.utf8)
        buffer.append(UInt8(ascii: "\n"))
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Puts everything on the disk and gives the file its name, which is on the disk too when this returns.
    ///
    /// - Throws: ``CommandError``; the file has no name then.
    mutating func finish() throws(CommandError) {
        try flush()
        do {
            try file.commit()
        } catch {
            throw Self.failure(path, error)
        }
    }

    private mutating func flush() throws(CommandError) {
        do {
            try file.write(buffer)
        } catch {
            throw Self.failure(path, error)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private static func failure(_ path: String, _ error: Errno) -> CommandError {
        .failed("\(path) cannot be written: \(error).")
    }
}
