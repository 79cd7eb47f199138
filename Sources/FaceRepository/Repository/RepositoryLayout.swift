// SPDX-License-Identifier: Apache-2.0
import FaceFiles

/// The names of what a repository is made of (docs/repository.md).
package enum RepositoryLayout {
    /// How the packs' passphrase is wrapped, twice the same.
    static let keyFiles = ["repository.json", "repository-copy.json"]
    /// What the repository holds, twice the same.
    static let catalogFiles = ["catalog.zip", "catalog-copy.zip"]
    /// The entry of a catalog's archive.
    static let catalogEntry = "catalog.json"
    /// Images.
    static let packs = "packs"
    /// One archive a snapshot: who was in the library.
    package static let manifests = "manifests"
    /// What backups that did not come to their end know already.
    package static let unfinished = "unfinished"
    /// All folders.
    static let folders = [packs, manifests, unfinished]
    /// Held by whoever works on the repository.
    static let lock = "lock"
    /// Tells who finds the folder what it is.
    static let readme = "README.txt"
    /// The entry of a manifest's archive that tells of the snapshot as a whole.
    static let snapshotEntry = "snapshot.json"

    /// The entry of a manifest's archive with some rows, counted from 1.
    static func people(_ number: Int) -> String {
        let digits = String(number)
        return "people-" + String(repeating: "0", count: max(0, 5 - digits.count)) + digits + ".csv"
    }

    /// Whether an entry of a manifest's archive holds rows.
    static func isPeople(_ name: String) -> Bool { name.hasPrefix("people-") && name.hasSuffix(".csv") }

    /// The name of an archive that is being written, in each of the folders.
    static let unnamed = "new.zip"

    /// Whether a name has the form that ours have: what else turns up among them is somebody else's.
    ///
    /// - Parameters:
    ///   - name: A name.
    ///   - folder: One of ``folders`` that has it, `nil` for the repository itself.
    /// - Returns: Whether it is one of ours.
    static func isOwn(_ name: String, in folder: String?) -> Bool {
        let unfinished = [".partial", TargetFolder.newEnding]
        let whole = unfinished.first(where: name.hasSuffix).map { String(name.dropLast($0.count)) } ?? name
        guard folder != nil else {
            return ([lock, readme] + keyFiles + catalogFiles).contains(whole) || folders.contains(name)
        }
        return whole == unnamed || (whole == name && isArchive(name))
    }

    /// Whether a name is that of an archive: 32 lower-case hexadecimal digits, and `.zip`.
    static func isArchive(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        guard bytes.count == 36, name.hasSuffix(".zip") else { return false }
        return bytes.prefix(32).allSatisfy { (48...57).contains($0) || (97...102).contains($0) }
    }

    /// What stands in ``readme``.
    static let readmeText = """
        This folder is a repository of facelib: backups of face libraries, encrypted.

        facelib backup list .       shows what is in it
        facelib backup verify .     says whether all of it is sound
        facelib backup restore …    brings it back

        Do not rename, change or delete anything in here by hand. How to get everything out with OpenSSL, 7-Zip and a
        text editor, without facelib, stands in docs/repository.md of facelib: in short, the passphrase of all .zip files
        is wrapped in repository.json (scrypt, AES-256 key wrap), manifests/ say who was in a library, and the pictures
        are in packs/ under the names that the manifests give.

        """
}
