// SPDX-License-Identifier: Apache-2.0
import FaceArchive
public import FaceModel
public import SystemPackage

/// Reads photos whole: they are decoded, hashed and perhaps sent as they are.
public enum PhotoFile {
    /// A file larger than this is no photo; refused before it is read.
    public static let maximumBytes = 256 << 20

    /// Reads one photo, wherever it is.
    ///
    /// - Parameter place: Where the photo is.
    /// - Returns: Its bytes.
    /// - Throws: ``Rejection`` with the system's or the archive's own words.
    public static func read(_ place: PhotoPlace) throws(Rejection) -> [UInt8] {
        switch place {
        case .file(let path): return try read(path)
        case .archived(let photo):
            do {
                return try photo.archive.read(photo.entry)
            } catch  where error.code == .limitExceeded {
                throw Rejection(.imageBomb, "the photo is not taken from the archive: \(error)")
            } catch {
                throw Rejection(.sourceUnreadable, "the photo cannot be taken from the archive: \(error)")
            }
        }
    }

    /// Reads one photo from its file.
    ///
    /// - Parameter path: The photo's path.
    /// - Returns: Its bytes.
    /// - Throws: ``Rejection`` with the system's own words.
    public static func read(_ path: FilePath) throws(Rejection) -> [UInt8] {
        let file: FileDescriptor
        do {
            file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
        } catch let error as Errno where error == .noSuchFileOrDirectory {
            throw Rejection(.sourceMissingPhoto, "the photo is not there")
        } catch {
            throw Rejection(.sourceUnreadable, "the photo cannot be opened: \(error)")
        }
        defer { try? file.close() }
        do {
            return try contents(of: file)
        } catch let rejection as Rejection {
            throw rejection
        } catch {
            throw Rejection(.sourceUnreadable, "the photo cannot be read: \(error)")
        }
    }

    private static func contents(of file: FileDescriptor) throws -> [UInt8] {
        let size = Int(try file.seek(offset: 0, from: .end))
        guard size <= maximumBytes else {
            throw Rejection(.imageTooLarge, "the file has \(size) bytes, at most \(maximumBytes) are read")
        }
        try file.seek(offset: 0, from: .start)
        let photo = try unsafe [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            while count < size {
                let rest = unsafe UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[count...]
                )
                let read = unsafe try file.read(into: rest)
                guard read > 0 else { break }
                count += read
            }
        }
        guard photo.count == size else {
            throw Rejection(.sourceChanged, "the file had \(size) bytes and then only \(photo.count)")
        }
        return photo
    }
}
