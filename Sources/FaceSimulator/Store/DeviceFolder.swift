// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import SystemPackage

/// A file that is open; a name of its own, since NIO has another `FileDescriptor`.
typealias OpenFile = FileDescriptor

/// The folder in which a simulated device keeps everything: its database, pictures and temporary files.
///
/// Files are 0600 and folders 0700: a rehearsal with real portraits is as private as a device.
struct DeviceFolder: Sendable {
    let root: FilePath

    /// Makes the folders that are missing and empties the temporary ones (E9).
    init(_ root: FilePath) throws {
        self.root = root
        for name in ["tmp", "incoming"] {
            let path = root.appending(name).string
            if FileManager.default.fileExists(atPath: path) { try FileManager.default.removeItem(atPath: path) }
        }
        for name in ["img", "tmp", "incoming"] {
            try FileManager.default.createDirectory(
                atPath: root.appending(name).string,
                withIntermediateDirectories: true,
                attributes: [.posixPermissions: 0o700]
            )
        }
    }

    /// The file behind a path such as `img/1_….jpg`, whether or not it is there.
    func file(_ relative: String) -> FilePath { FilePath(root.string + "/" + relative) }

    /// The file behind a path that came from outside; `nil` unless it names one in `img`, `tmp` or `record`.
    func served(_ relative: String) -> FilePath? {
        let parts = relative.split(separator: "/", omittingEmptySubsequences: false)
        let depths = ["img": 2...2, "tmp": 2...2, "record": 2...4]
        guard let depth = depths[String(parts[0])], depth.contains(parts.count), !relative.utf8.contains(0),
            parts.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(".") })
        else { return nil }
        return file(relative)
    }

    /// Makes the folder that a file is to lie in.
    func makeFolder(of file: FilePath) throws {
        try FileManager.default.createDirectory(
            atPath: file.removingLastComponent().string,
            withIntermediateDirectories: true,
            attributes: [.posixPermissions: 0o700]
        )
    }

    /// A new name for a file that is being received.
    func incomingPath() -> FilePath { root.appending("incoming/" + UUIDText.new()) }

    /// Creates an empty file, readable by its owner only.
    func create(_ path: FilePath) throws -> FileDescriptor {
        try FileDescriptor.open(
            path,
            .writeOnly,
            options: [.create, .truncate, .closeOnExec],
            permissions: .ownerReadWrite
        )
    }

    /// A file that is made, empty and readable by its owner only, unless it is there.
    func privateFile(_ name: String) throws -> FilePath {
        let path = file(name)
        try FileDescriptor.open(path, .readWrite, options: [.create, .closeOnExec], permissions: .ownerReadWrite)
            .close()
        return path
    }

    /// How large a file is; `nil` when it is none.
    func size(of path: FilePath) -> Int? {
        var isFolder: ObjCBool = false
        guard unsafe FileManager.default.fileExists(atPath: path.string, isDirectory: &isFolder), !isFolder.boolValue,
            let descriptor = try? FileDescriptor.open(path, .readOnly, options: .closeOnExec)
        else { return nil }
        return try? descriptor.closeAfter { Int(try descriptor.seek(offset: 0, from: .end)) }
    }

    /// Writes a whole file.
    func write(_ bytes: [UInt8], to path: FilePath) throws {
        let descriptor = try create(path)
        try descriptor.closeAfter { _ = try descriptor.writeAll(bytes) }
    }

    /// Reads a whole file.
    func read(_ path: FilePath) throws -> [UInt8] {
        let descriptor = try FileDescriptor.open(path, .readOnly, options: .closeOnExec)
        return try descriptor.closeAfter {
            let size = Int(try descriptor.seek(offset: 0, from: .end))
            return try unsafe [UInt8](unsafeUninitializedCapacity: size) { room, count in
                while count < size {
                    let rest = unsafe UnsafeMutableRawBufferPointer(
                        UnsafeMutableBufferPointer(rebasing: room[count...])
                    )
                    let read = try unsafe descriptor.read(fromAbsoluteOffset: Int64(count), into: rest)
                    guard read > 0 else { break }
                    count += read
                }
            }
        }
    }

    /// Reads a whole file, or nothing when it is not there (any more).
    func readIfThere(_ path: FilePath) throws -> [UInt8]? {
        do {
            return try read(path)
        } catch Errno.noSuchFileOrDirectory {
            return nil
        }
    }

    /// Gives a file another name in this folder, without copying it.
    func move(_ path: FilePath, to target: FilePath) throws {
        guard unsafe rename(path.string, target.string) == 0 else { throw Errno(rawValue: errno) }
    }

    /// Removes a file; one that is not there is as good as removed.
    func remove(_ path: FilePath) {
        _ = unsafe unlink(path.string)
    }

    /// Removes pictures that no portrait points to: those of a store call that was cut off by the end of the process.
    func removePictures(except known: Set<String>) throws {
        for name in try FileManager.default.contentsOfDirectory(atPath: file("img").string)
        where !known.contains("img/" + name) {
            remove(file("img/" + name))
        }
    }
}
