// SPDX-License-Identifier: Apache-2.0
import Glibc

/// What the operating system answered instead of doing what it was asked.
struct SystemFailure: Error {
    let number: Int32

    /// The failure of the call that has just returned.
    static var last: Self { Self(number: errno) }

    /// The system's own words.
    var text: String { unsafe String(cString: strerror(number)) }
}

/// The system calls that a report is written with.
///
/// Every pointer here is one that Swift makes of a string or an array for the time of the call.
enum SystemCalls {
    /// Opens a file that must not exist yet, readable by its owner only, and never through a link.
    static func create(_ path: String) throws(SystemFailure) -> Int32 {
        let flags = O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC
        return try checked { unsafe open(path, flags, 0o600) }
    }

    /// Opens a folder to sync it.
    static func openFolder(_ path: String) throws(SystemFailure) -> Int32 {
        try checked { unsafe open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
    }

    /// Makes a folder for its owner only.
    static func makeFolder(_ path: String) throws(SystemFailure) {
        _ = try checked { unsafe mkdir(path, 0o700) }
    }

    /// Removes a folder, if there is nothing in it.
    static func removeEmptyFolder(_ path: String) throws(SystemFailure) {
        do throws(SystemFailure) {
            _ = try checked { unsafe rmdir(path) }
        } catch {
            guard [ENOTEMPTY, EEXIST, ENOENT, EBUSY].contains(error.number) else { throw error }
        }
    }

    /// Writes all of the bytes.
    static func write(_ bytes: [UInt8], to descriptor: Int32) throws(SystemFailure) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw .last }
            rest = rest.dropFirst(count)
        }
    }

    /// Puts what was written on the disk.
    static func sync(_ descriptor: Int32) throws(SystemFailure) {
        _ = try checked { fsync(descriptor) }
    }

    /// Closes a descriptor.
    static func close(_ descriptor: Int32) throws(SystemFailure) {
        // Linux frees the descriptor even when the call was interrupted; asking again would close another one.
        guard Glibc.close(descriptor) == 0 || errno == EINTR else { throw .last }
    }

    /// Gives a file its final name, replacing what had it.
    static func rename(_ old: String, to new: String) throws(SystemFailure) {
        _ = try checked { unsafe Glibc.rename(old, new) }
    }

    /// Removes a file, if there is one.
    static func remove(_ path: String) throws(SystemFailure) {
        do throws(SystemFailure) {
            _ = try checked { unsafe unlink(path) }
        } catch {
            guard error.number == ENOENT else { throw error }
        }
    }

    private static func checked(_ call: () -> Int32) throws(SystemFailure) -> Int32 {
        while true {
            let result = call()
            if result >= 0 { return result }
            guard errno == EINTR else { throw .last }
        }
    }
}
