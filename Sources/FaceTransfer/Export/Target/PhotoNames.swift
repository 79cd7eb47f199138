// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import FaceLibraries
import FaceModel
import FaceSources
import FaceText

/// Gives each portrait's image a file name that is safe and that no other has, on any file system.
///
/// About 16 bytes a portrait are remembered.
struct PhotoNames {
    private var taken: Set<UInt64> = []

    /// The name of an image in a folder: a batch file name where the values can be said in one.
    ///
    /// - Parameter portrait: The portrait.
    /// - Returns: A name that stays the same as long as the portraits come in the same order.
    mutating func batchName(of portrait: PortraitInHand) -> String {
        if let name = BatchFileName.text(
            id: portrait.id,
            attributes: portrait.attributes,
            fileExtension: portrait.fileExtension
        ), Self.isSafe(name), take(name) {
            return name
        }
        return idName(of: portrait)
    }

    /// The name of an image in an archive: its img_id.
    mutating func idName(of portrait: PortraitInHand) -> String {
        let fileExtension = portrait.fileExtension
        if Self.isPlain(portrait.id.text), take("\(portrait.id).\(fileExtension)") {
            return "\(portrait.id).\(fileExtension)"
        }
        // Ids that differ only in case, and such as our alphabet does not know.
        let digest = Digest(of: Array(portrait.id.text.utf8)).hex.prefix(16)
        let name = "photo-\(digest).\(fileExtension)"
        _ = take(name)
        return name
    }

    /// Whether an id can be a file name on every file system.
    static func isPlain(_ id: String) -> Bool { (try? PortraitID(id)) != nil && !isReserved(id) }

    /// Notes a name that is in use already.
    mutating func note(_ name: String) { _ = take(name) }

    /// Whether the name was free; names that differ only in case or composition are one.
    private mutating func take(_ name: String) -> Bool {
        taken.insert(PhotoNumber.of(folder: "", name: CleanText.composed(name.lowercased()))).inserted
    }

    /// Whether every file system takes the name and no walk passes it over.
    private static func isSafe(_ name: String) -> Bool {
        !name.hasPrefix(".") && !name.hasPrefix(" ") && !isReserved(name)
            && CleanText.leavesAlone(name) && !name.utf8.contains { Array("<>:\"|?*\\/".utf8).contains($0) }
            && FileNameParts.six(of: FileNameParts.stemAndExtension(of: name).stem) != nil
    }

    /// Names that mean a device to Windows, whatever follows the dot.
    private static func isReserved(_ name: String) -> Bool {
        let stem = name.prefix { $0 != "." }.uppercased()
        if ["CON", "PRN", "AUX", "NUL"].contains(stem) { return true }
        return stem.count == 4 && (stem.hasPrefix("COM") || stem.hasPrefix("LPT")) && stem.last?.isNumber == true
    }
}
