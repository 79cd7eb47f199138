// SPDX-License-Identifier: Apache-2.0
import FaceLedger

/// Makes the ids of snapshots: when they were taken, in local time, and four random digits.
package enum SnapshotID {
    /// An id for a snapshot that is taken now.
    package static func make(at start: Double) -> String {
        let random = Hexadecimal.text(of: (0..<2).map { _ in UInt8.random(in: .min ... .max) })
        // The id of a job has two digits, which are not enough for what is kept for years.
        return String(JobID.make(at: Int(start)).dropLast(2)) + random
    }
}

extension Repository {
    /// The newest snapshot of a library, whatever the name of its device is now.
    package func newestSnapshot(of library: String, device serial: String) -> Snapshot? {
        catalog.snapshots.last { $0.isOf(device: serial, library: library) }
    }

    /// The newest snapshot of each library, in the order of their names.
    public var newestOfEachLibrary: [Snapshot] {
        let groups = Dictionary(grouping: snapshots) { [$0.device.serial, $0.library.name] }
        return groups.values.compactMap(\.last).sorted { ($0.library.name, $0.id) < ($1.library.name, $1.id) }
    }

    /// The snapshot that a person means.
    ///
    /// - Parameter name: The beginning of an id, enough to tell it from others; `latest`; the name of a library, for
    ///   its newest; `nil` for the newest where all snapshots are of one library.
    /// - Returns: The snapshot.
    /// - Throws: ``RepositoryError`` with `absent` or `usage`.
    public func snapshot(named name: String?) throws -> Snapshot {
        let all = snapshots
        guard let newest = all.last else {
            throw RepositoryError(.absent, "\(path) has no snapshots; facelib backup create takes one")
        }
        guard let name else {
            if Set(all.map { [$0.device.serial, $0.library.name] }).count == 1 { return newest }
            let names = Set(all.map { "@" + $0.library.name }).sorted().joined(separator: ", ")
            throw RepositoryError(
                .usage,
                "\(path) has snapshots of several libraries; say which: \(names), or the id of a snapshot"
            )
        }
        if name == "latest" { return newest }
        let byID = all.filter { $0.id.hasPrefix(name) }
        if byID.count == 1 { return byID[0] }
        guard byID.isEmpty else {
            throw RepositoryError(.usage, "\(byID.count) snapshots of \(path) begin with \(name); write more of the id")
        }
        let ofLibrary = all.filter { $0.library.name == name || "\($0.device.name):\($0.library.name)" == name }
        guard let found = ofLibrary.last else {
            throw RepositoryError(
                .absent,
                "\(path) has no snapshot \(name); facelib backup list \(path) shows those there are"
            )
        }
        guard Set(ofLibrary.map(\.device.serial)).count == 1 else {
            throw RepositoryError(
                .usage,
                "several devices have a library \(name) in \(path); write DEVICE:\(name) or the id of a snapshot"
            )
        }
        return found
    }
}
