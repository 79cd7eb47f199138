// SPDX-License-Identifier: Apache-2.0
import FaceArchive

/// The rows of a snapshot in the order of their ids, a table at a time.
///
/// A file of rows is whole when its bytes are those that were written and it has as many rows as the catalog says. What
/// is not stands in ``problems``, the last of it when the rows have ended: nothing that was done with them is done
/// before that was looked at. A table that cannot be read is passed over, and the rows behind it come.
package struct ManifestReading {
    /// What is wrong with the file, and why; complete after the last row.
    package private(set) var problems: [String] = []
    private let title: String
    private let expected: Int?
    private var archive: ZipArchive?
    private var tables: ArraySlice<ZipEntry> = []
    private var rows: ArraySlice<SnapshotRow> = []
    private var count = 0

    /// Opens the rows of a snapshot.
    package init(_ snapshot: Snapshot, of repository: Repository) {
        self.init(snapshot.manifest, in: RepositoryLayout.manifests, expecting: snapshot.portraits, of: repository)
    }

    /// Opens a file of rows.
    ///
    /// - Parameters:
    ///   - file: Its name, which tells what its bytes are.
    ///   - folder: The repository's folder that has it.
    ///   - expected: How many rows it has, `nil` where nobody knows.
    ///   - repository: The repository.
    package init(_ file: String, in folder: String, expecting expected: Int?, of repository: Repository) {
        title = folder + "/" + file
        self.expected = expected
        let path = repository.path(folder, file)
        do {
            if try FileDigest.name(of: path) + ".zip" != file {
                problems.append("\(title): its bytes are not those that were written")
            }
            let opened = try ZipArchive(path: path, passphrase: repository.key.passphrase)
            archive = opened
            tables = opened.entries.filter { RepositoryLayout.isPeople($0.name) }[...]
        } catch {
            problems.append("\(title): \(error)")
        }
    }

    /// The next row, `nil` after the last.
    package mutating func next() -> SnapshotRow? {
        while true {
            if let row = rows.popFirst() {
                count += 1
                return row
            }
            guard let table = tables.popFirst(), let archive else {
                noteEnd()
                return nil
            }
            do {
                rows = try SnapshotTable.rows(archive.read(table), title: title)[...]
            } catch {
                problems.append("\(title): \(error)")
            }
        }
    }

    /// Holds the rows that came against the number that was written, once.
    private mutating func noteEnd() {
        guard archive != nil else { return }
        archive = nil
        if let expected, count != expected { problems.append("\(title): it has \(count) rows of \(expected)") }
    }
}
