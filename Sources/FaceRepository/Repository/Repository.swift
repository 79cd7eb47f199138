// SPDX-License-Identifier: Apache-2.0
import FaceFiles
public import FaceModel
import Foundation
import Synchronization
import SystemPackage

/// A repository of snapshots, open: its key unwrapped, its lock held, its catalog in memory.
///
/// What is in it is written down in docs/repository.md. Everything that changes it does so by ``commit(_:)``.
public final class Repository: Sendable {
    /// What a repository is opened for.
    public enum Access: Sendable {
        /// To read it, beside others that do.
        case reading
        /// To change it, alone.
        case writing
    }

    /// The folder, by its full path.
    public let path: String
    /// What tells it apart from others.
    public let id: String
    let key: RepositoryKey
    /// What was wrong with the two files of the key and those of the catalog when it was opened.
    public let problems: [(file: String, what: String)]
    /// Whether a command was killed after it replaced the catalog and before it replaced the copy: no damage.
    let isCatalogCopyBehind: Bool
    private let lock: RepositoryLock
    private let state: Mutex<Catalog>

    private init(
        path: String,
        keyFile: RepositoryKeyFile,
        key: RepositoryKey,
        lock: RepositoryLock,
        reading: CatalogFile.Reading,
        problems: [(file: String, what: String)]
    ) {
        self.path = path
        id = keyFile.id
        self.key = key
        self.lock = lock
        self.problems = problems + reading.problems
        isCatalogCopyBehind = reading.isCopyBehind
        state = Mutex(reading.catalog)
    }

    /// Opens a repository.
    ///
    /// - Parameters:
    ///   - path: The folder, by its full path.
    ///   - secret: What opens it.
    ///   - access: What it is opened for.
    /// - Returns: The repository; it is locked until ``close()``, or until it is given up.
    /// - Throws: ``RepositoryError``, also when another process holds the lock; `ArchiveError`, ``TargetError``.
    public static func open(
        _ path: String,
        _ secret: RepositorySecret,
        for access: Access
    ) throws -> Repository {
        if let problem = RepositoryPlace.at(path).problem(path) { throw problem }
        let lock = try RepositoryLock(path, access == .writing ? .writing : .reading)
        let (file, problems) = try keyFile(of: path)
        let key = try file.key(secret, of: path)
        let reading = try CatalogFile.read(path, key)
        let repository = Repository(
            path: path,
            keyFile: file,
            key: key,
            lock: lock,
            reading: reading,
            problems: problems
        )
        if access == .writing { try repository.tidy(file) }
        return repository
    }

    /// Gives the lock up; the repository must not be used any more.
    public func close() { lock.release() }

    /// What the repository holds at this moment.
    package var catalog: Catalog { state.withLock { $0 } }

    /// The snapshots, oldest first.
    public var snapshots: [Snapshot] { catalog.snapshots }

    /// What was erased, oldest first.
    public var audit: [AuditLine] { catalog.audit }

    /// How many images it holds, and how many bytes their archives have.
    public var imageTotals: (images: Int, bytes: Int) {
        let packs = catalog.packs
        return (packs.reduce(0) { $0 + $1.images }, packs.reduce(0) { $0 + $1.bytes })
    }

    /// The passphrase of all archives in the repository, for who shall open them without facelib.
    public var archivePassphrase: Secret { key.passphrase }

    /// The path of a file of one of its folders.
    package func path(_ folder: String, _ file: String) -> String { "\(path)/\(folder)/\(file)" }

    /// Replaces the catalog, all at once; files that it names must be on the disk.
    package func commit(_ change: (inout Catalog) -> Void) throws {
        var changed = catalog
        change(&changed)
        changed.generation += 1
        try CatalogFile.write(changed, path, key)
        state.withLock { $0 = changed }
    }

    /// Gives a finished archive the name of its content and brings that name to the disk.
    ///
    /// - Parameters:
    ///   - file: The archive's name in the folder.
    ///   - folder: One of the repository's folders.
    /// - Returns: The new name.
    /// - Throws: ``RepositoryError`` or ``TargetError`` with the system's own words.
    func name(_ file: String, in folder: String) throws -> String {
        let name = try FileDigest.name(of: path(folder, file)) + ".zip"
        let opened = try TargetFolder(making: path + "/" + folder)
        try opened.move(file, to: opened, as: name)
        try opened.syncNames()
        return name
    }

    private static func keyFile(of path: String) throws -> (RepositoryKeyFile, [(file: String, what: String)]) {
        let folder = try TargetFolder(making: path)
        var found: [RepositoryKeyFile] = []
        var problems: [(file: String, what: String)] = []
        for name in RepositoryLayout.keyFiles {
            let bytes = try folder.contents(of: name) ?? []
            if let file = RepositoryKeyFile(reading: bytes) {
                found.append(file)
            } else if RepositoryKeyFile.isNewer(bytes) {
                throw RepositoryError(.failed, "\(path) was made by a newer facelib; use that one")
            } else {
                problems.append((name, "it is missing or damaged"))
            }
        }
        guard let first = found.first else {
            throw RepositoryError(
                .damaged,
                "\(RepositoryLayout.keyFiles.joined(separator: " and ")) of \(path) are both damaged or gone, and without "
                    + "one of them nothing in it can be opened; put one back from a copy of the repository"
            )
        }
        if found.count == 2, found[1] != first { problems.append((RepositoryLayout.keyFiles[1], "it is another one")) }
        return (first, problems)
    }

    /// Puts right what a killed process or a failing disk left, as far as it can be told.
    private func tidy(_ file: RepositoryKeyFile) throws {
        let folder = try TargetFolder(making: path)
        if try folder.contents(of: RepositoryLayout.readme) != Array(RepositoryLayout.readmeText.utf8) {
            try folder.replace(RepositoryLayout.readme, by: Array(RepositoryLayout.readmeText.utf8))
        }
        if !problems.isEmpty {
            for name in RepositoryLayout.keyFiles where problems.contains(where: { $0.file == name }) {
                try folder.replace(name, by: Array(file.text.utf8))
            }
        }
        if !problems.isEmpty || isCatalogCopyBehind { try CatalogFile.write(catalog, path, key) }
        try sweep()
    }
}

/// Points in time as a repository writes them.
package enum Timestamp {
    /// A time in UTC, such as `2026-11-25T18:15:02Z`.
    package static func text(_ seconds: Double) -> String {
        Date(timeIntervalSince1970: seconds.rounded(.down)).ISO8601Format()
    }

    /// The time that a text says, in seconds since 1970.
    static func seconds(_ text: String) -> Double? {
        (try? Date(text, strategy: .iso8601)).map(\.timeIntervalSince1970)
    }
}
