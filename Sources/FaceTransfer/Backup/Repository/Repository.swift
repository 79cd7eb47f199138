// SPDX-License-Identifier: Apache-2.0
import FaceArchive
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
    let id: String
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

    /// Whether a folder is a repository, by the file that holds its key.
    ///
    /// - Parameter path: The folder.
    /// - Returns: Whether one of its key files is there.
    public static func isRepository(_ path: String) -> Bool {
        RepositoryLayout.keyFiles.contains { file in
            if case .success(.file) = FilePath(path + "/" + file).kind(followingLinks: true) { true } else { false }
        }
    }

    /// Makes a repository in a folder that is empty or not there.
    ///
    /// - Parameters:
    ///   - path: The folder, by its full path; the one above it must be there.
    ///   - secret: What shall open it.
    ///   - now: The time, in seconds since 1970.
    /// - Throws: ``RepositoryError``, `ArchiveError` with the system's own words.
    public static func create(_ path: String, _ secret: RepositorySecret, at now: Double) throws {
        try create(path, secret, cost: .standard, at: now)
    }

    /// Makes a repository whose passphrase is cheaper to try.
    static func create(_ path: String, _ secret: RepositorySecret, cost: KeyCost, at now: Double) throws {
        let folder = try TargetFolder(making: path)
        // A creation that was killed has left no key file, and what it left is made again.
        let own =
            [RepositoryLayout.lock, RepositoryLayout.readme] + RepositoryLayout.catalogFiles
            + RepositoryLayout.keyFiles + RepositoryLayout.folders
        let others = try folder.names().filter { name in
            !own.contains { [$0, $0 + ".partial", $0 + TargetFolder.newEnding].contains(name) }
        }
        guard others.isEmpty else {
            throw RepositoryError(
                .usage,
                "\(path) holds other things (\(others[0])) and is no repository; name a new folder"
            )
        }
        let lock = try RepositoryLock(path, .writing)
        defer { withExtendedLifetime(lock) {} }
        for name in RepositoryLayout.folders {
            _ = try TargetFolder(making: path + "/" + name)
        }
        let key = RepositoryKey.random()
        let file = try RepositoryKeyFile(wrapping: key, for: secret, cost: cost, at: Timestamp.text(now))
        try CatalogFile.write(Catalog(), path, key)
        try folder.replace(RepositoryLayout.readme, by: Array(RepositoryLayout.readmeText.utf8))
        // The key file makes the folder a repository, so it comes last, and its copy before it.
        for name in RepositoryLayout.keyFiles.reversed() { try folder.replace(name, by: Array(file.text.utf8)) }
    }

    /// Opens a repository.
    ///
    /// - Parameters:
    ///   - path: The folder, by its full path.
    ///   - secret: What opens it.
    ///   - access: What it is opened for.
    /// - Returns: The repository; it is locked until ``close()``, or until it is given up.
    /// - Throws: ``RepositoryError``, also when another process holds the lock; `ArchiveError`, ``ExportError``.
    public static func open(
        _ path: String,
        _ secret: RepositorySecret,
        for access: Access
    ) throws -> Repository {
        guard isRepository(path) else {
            throw RepositoryError(.absent, "\(path) is no repository; facelib backup create makes one")
        }
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
    var catalog: Catalog { state.withLock { $0 } }

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
    func path(_ folder: String, _ file: String) -> String { "\(path)/\(folder)/\(file)" }

    /// Replaces the catalog, all at once; files that it names must be on the disk.
    func commit(_ change: (inout Catalog) -> Void) throws {
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
    /// - Throws: ``RepositoryError`` or ``ExportError`` with the system's own words.
    func name(_ file: String, in folder: String) throws -> String {
        let name = try FileDigest.name(of: path(folder, file)) + ".zip"
        let opened = try TargetFolder(making: path + "/" + folder)
        try opened.move(file, to: opened, as: name)
        try opened.syncNames()
        return name
    }

    /// Removes the files that the catalog does not name: those of runs that were killed, and those that were replaced.
    func sweep() throws {
        let files = catalog.files
        let root = try TargetFolder(making: path)
        for name in try root.names() where name.hasSuffix(TargetFolder.newEnding) || name.hasSuffix(".partial") {
            try root.remove(name)
        }
        for folder in RepositoryLayout.folders {
            let opened = try TargetFolder(making: path + "/" + folder)
            for name in try opened.names() where !files.contains(folder + "/" + name) { try opened.remove(name) }
            try opened.syncNames()
        }
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
enum Timestamp {
    /// A time in UTC, such as `2026-11-25T18:15:02Z`.
    static func text(_ seconds: Double) -> String {
        Date(timeIntervalSince1970: seconds.rounded(.down)).ISO8601Format()
    }

    /// The time that a text says, in seconds since 1970.
    static func seconds(_ text: String) -> Double? {
        (try? Date(text, strategy: .iso8601)).map(\.timeIntervalSince1970)
    }
}
