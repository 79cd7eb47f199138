// SPDX-License-Identifier: Apache-2.0
import FaceArchive

/// The rows of a snapshot in the order of their ids, a table at a time.
///
/// A table that cannot be read is passed over: what is wrong stands in ``problems``, and the rows behind it come.
struct ManifestReading {
    /// What could not be read, and why.
    private(set) var problems: [String] = []
    private let title: String
    private var archive: ZipArchive?
    private var tables: ArraySlice<ZipEntry> = []
    private var rows: ArraySlice<SnapshotRow> = []

    /// Opens the archive of a snapshot.
    ///
    /// - Parameters:
    ///   - file: Its name.
    ///   - folder: The repository's folder that has it.
    ///   - repository: The repository.
    init(_ file: String, in folder: String = RepositoryLayout.manifests, of repository: Repository) {
        title = folder + "/" + file
        do {
            let opened = try ZipArchive(
                path: repository.path(folder, file),
                passphrase: repository.key.passphrase
            )
            archive = opened
            tables = opened.entries.filter { RepositoryLayout.isPeople($0.name) }[...]
        } catch {
            problems.append("\(title): \(error)")
        }
    }

    /// The next row, `nil` after the last.
    mutating func next() -> SnapshotRow? {
        while true {
            if let row = rows.popFirst() { return row }
            guard let table = tables.popFirst(), let archive else { return nil }
            do {
                rows = try SnapshotTable.rows(archive.read(table), title: title)[...]
            } catch {
                problems.append("\(title): \(error)")
            }
        }
    }
}
