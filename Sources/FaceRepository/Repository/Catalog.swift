// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// What a repository holds: the list that makes a file part of it.
///
/// Every file is named by its content, and never changed. Whoever changes a repository writes files, brings them to the
/// disk, and then replaces the catalog, all at once: a file that it does not name is not there.
package struct Catalog: Sendable, Hashable, Codable {
    /// Counts the changes.
    var generation = 0
    /// The archives of images.
    package var packs: [Pack] = []
    /// The snapshots, oldest first.
    package var snapshots: [Snapshot] = []
    /// What backups that did not come to their end know already.
    package var unfinished: [Unfinished] = []
    /// An erasure that was begun and must be carried through.
    var erasing: Erasing?
    /// What was erased, oldest first; says nothing of whom.
    var audit: [AuditLine] = []

    /// An archive of images.
    package struct Pack: Sendable, Hashable, Codable {
        /// Its file in `packs`.
        package var file: String
        /// How many images it has.
        package var images: Int
        /// Its length.
        package var bytes: Int
    }

    /// Rows of a backup that was stopped, so that it need not read them again.
    package struct Unfinished: Sendable, Hashable, Codable {
        /// Its file in `unfinished`.
        package var file: String
        /// The serial number of the device.
        package var device: String
        /// The library's name.
        package var library: String

        package init(file: String, device: String, library: String) {
            self.file = file
            self.device = device
            self.library = library
        }
    }

    /// Who is being erased.
    struct Erasing: Sendable, Hashable, Codable {
        /// Whose portraits.
        var person: ErasedPerson
        /// Under which keys they are known.
        var keys: [PersonKey]
        /// When it began.
        var begun: String
        /// What the user wrote down about it.
        var reference: String
        /// Images that only these portraits have.
        var images: [String]
        /// How many portraits were taken out of snapshots so far.
        var portraits: Int
        /// Out of how many snapshots.
        var snapshots: Int
        /// How many packs were written anew or removed so far.
        var packs: Int
    }

    /// The files that the catalog makes part of the repository, with their folders.
    var files: Set<String> {
        Set(packs.map { RepositoryLayout.packs + "/" + $0.file })
            .union(snapshots.map { RepositoryLayout.manifests + "/" + $0.manifest })
            .union(unfinished.map { RepositoryLayout.unfinished + "/" + $0.file })
    }
}

/// Whom an erasure is about.
public struct ErasedPerson: Sendable, Hashable, Codable {
    /// Portraits with this img_id.
    public var imgID: String?
    /// Portraits with this identity code.
    public var identity: String?

    /// Names a person by an img_id, by an identity code, or by both, of which either is enough.
    ///
    /// - Parameters:
    ///   - imgID: Portraits with this img_id.
    ///   - identity: Portraits with this identity code.
    public init(imgID: String?, identity: String?) {
        self.imgID = imgID
        self.identity = identity
    }

    /// Whether a row is about the person.
    func isMeant(by row: SnapshotRow) -> Bool {
        if let imgID, row.id.text == imgID { return true }
        guard let identity, !identity.isEmpty else { return false }
        return row.listed.identity == identity
    }
}

/// That somebody was erased, and nothing about whom.
public struct AuditLine: Sendable, Hashable, Codable {
    /// When the erasure ended, in UTC.
    public var time: String
    /// By what the person was named: `img-id`, `identity` or both.
    public var by: String
    /// What the user wrote down about it, such as the number of a request.
    public var reference: String
    /// How many portraits were taken out.
    public var portraits: Int
    /// Out of how many snapshots.
    public var snapshots: Int
    /// How many images were destroyed.
    public var images: Int
    /// How many archives of images were written anew or removed.
    public var packs: Int
}
