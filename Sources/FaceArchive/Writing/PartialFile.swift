// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A file that is written beside its place under `.partial`, and takes its place when it is whole.
///
/// Only its owner may read it. What is not committed is removed; what a process that died has left behind is removed by
/// the next one, which sees that nobody holds its lock any more.
struct PartialFile: ~Copyable {
    let path: String
    let descriptor: CInt
    private let folder: CInt
    private let name: String
    private var isCommitted = false

    private var partialName: String { name + ".partial" }

    private init(path: String, name: String, folder: CInt, descriptor: CInt) {
        self.path = path
        self.name = name
        self.folder = folder
        self.descriptor = descriptor
    }

    deinit {
        // Closing gives up the lock, so the name goes first.
        if !isCommitted, Self.stands(descriptor, at: partialName, in: folder) { unlinkat(folder, partialName, 0) }
        close(descriptor)
        close(folder)
    }

    /// Makes the partial file.
    ///
    /// - Throws: `unwritable`.
    static func create(_ path: String) throws(ArchiveError) -> PartialFile {
        let parts = path.split(separator: "/", omittingEmptySubsequences: false)
        guard let name = parts.last, !name.isEmpty, name != ".", name != ".." else {
            throw ArchiveError(.unwritable, "\(path) is no name for a file")
        }
        let parent = parts.count == 1 ? "." : parts.dropLast().joined(separator: "/") + "/"
        let folder = open(parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw .system(.unwritable, "the folder of \(path) cannot be opened", errno) }
        do throws(ArchiveError) {
            let descriptor = try made(name + ".partial", in: folder, for: path)
            return PartialFile(path: path, name: String(name), folder: folder, descriptor: descriptor)
        } catch {
            close(folder)
            throw error
        }
    }

    /// Brings the bytes to the disk and gives the file its name, replacing what had it.
    ///
    /// - Throws: `unwritable`; the file is then removed.
    mutating func commit() throws(ArchiveError) {
        guard fsync(descriptor) == 0 else { throw failure("cannot be brought to the disk") }
        guard Self.stands(descriptor, at: partialName, in: folder) else {
            throw ArchiveError(.unwritable, "\(path).partial was taken away while it was written")
        }
        guard renameat(folder, partialName, folder, name) == 0 else { throw failure("cannot be given its name") }
        isCommitted = true
        guard fsync(folder) == 0 else { throw failure("cannot be given its name") }
    }

    /// Writes bytes at the end.
    ///
    /// - Throws: `unwritable`.
    func write(_ bytes: UnsafeRawBufferPointer) throws(ArchiveError) {
        var done = 0
        while done < bytes.count {
            let count = Glibc.write(descriptor, bytes.baseAddress.map { $0 + done }, bytes.count - done)
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure("cannot be written") }
            done += count
        }
    }

    /// Writes a range of another file at the end.
    ///
    /// - Throws: `unwritable`, `unreadable` or `truncated`.
    func write(_ range: Range<UInt64>, of file: InputFile) throws(ArchiveError) {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: 1 << 20, alignment: 4096)
        defer { buffer.deallocate() }
        var place = range.lowerBound
        while place < range.upperBound {
            let count = Int(min(range.upperBound - place, UInt64(buffer.count)))
            let piece = UnsafeMutableRawBufferPointer(rebasing: buffer[..<count])
            try file.read(piece, at: place)
            try write(UnsafeRawBufferPointer(piece))
            place += UInt64(count)
        }
    }

    /// Writes bytes at the end; as `write(_:)` of a buffer.
    func write(_ bytes: [UInt8]) throws(ArchiveError) {
        var failure: ArchiveError?
        bytes.withUnsafeBytes { buffer in
            do throws(ArchiveError) {
                try write(buffer)
            } catch {
                failure = error
            }
        }
        if let failure { throw failure }
    }

    private func failure(_ what: String) -> ArchiveError { .system(.unwritable, "\(path) \(what)", errno) }

    private static func made(_ name: String, in folder: CInt, for path: String) throws(ArchiveError) -> CInt {
        for attempt in 0...1 {
            let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
            let descriptor = openat(folder, name, flags, 0o600)
            let number = errno
            if descriptor >= 0 {
                // Held until the descriptor closes, however the process ends.
                flock(descriptor, LOCK_EX | LOCK_NB)
                return descriptor
            }
            guard attempt == 0, number == EEXIST, removeAbandoned(name, in: folder) else {
                throw .system(.unwritable, "\(path).partial cannot be made", number)
            }
        }
        throw .system(.unwritable, "\(path).partial cannot be made", EEXIST)
    }

    /// Removes a partial file whose writer is gone.
    private static func removeAbandoned(_ name: String, in folder: CInt) -> Bool {
        let descriptor = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0, stands(descriptor, at: name, in: folder) else { return false }
        return unlinkat(folder, name, 0) == 0
    }

    /// Whether an open file is the regular file of this name.
    private static func stands(_ descriptor: CInt, at name: String, in folder: CInt) -> Bool {
        var (open, named) = (stat(), stat())
        guard fstat(descriptor, &open) == 0, fstatat(folder, name, &named, AT_SYMLINK_NOFOLLOW) == 0 else {
            return false
        }
        return open.st_ino == named.st_ino && open.st_dev == named.st_dev && open.st_mode & S_IFMT == S_IFREG
    }
}
