// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import FaceModel
import FaceSources

/// Gives the image of each record a file name that is safe; records with the same id and the same image share one.
///
/// About 32 bytes a record are remembered.
struct RecordImageNames {
    /// Whose a name is, both by their numbers.
    private var owners: [UInt64: UInt64] = [:]

    /// The name of an image.
    ///
    /// - Parameters:
    ///   - id: The record's id.
    ///   - key: The record's key, which is its own.
    ///   - digest: The beginning of the image's SHA-256.
    ///   - fileExtension: The extension that fits the image.
    /// - Returns: `<id>.jpg` where every file system takes it and it is nobody else's.
    mutating func name(id: String, key: String, digest: UInt64, fileExtension: String) -> String {
        if PhotoNames.isPlain(id) {
            let plain = "\(id).\(fileExtension)"
            if take(plain, id, digest) { return plain }
        }
        // Ids that differ only in case or are no file names, and another image under the same id.
        let safe = "photo-\(Digest(of: Array(key.utf8)).hex.prefix(16)).\(fileExtension)"
        _ = take(safe, id, digest)
        return safe
    }

    /// Notes a name that is in use already.
    mutating func note(_ name: String, id: String, digest: UInt64) { _ = take(name, id, digest) }

    private mutating func take(_ name: String, _ id: String, _ digest: UInt64) -> Bool {
        let number = PhotoNumber.of(folder: "", name: name.lowercased())
        let owner = PhotoNumber.of(folder: String(digest), name: id)
        if let known = owners[number] { return known == owner }
        owners[number] = owner
        return true
    }
}
