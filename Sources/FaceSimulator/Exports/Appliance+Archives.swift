// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage

/// An archive that lies ready in `tmp/`.
struct FinishedArchive: Sendable {
    var path: String
    /// The password that the reply gives; `nil` for a reply without the field.
    var shownPassword: String?
    /// How many records are in it.
    var count: Int
    /// The ids of records that could not be put into it.
    var lost: [String]
}

/// Writing archives and answering with them (E1 to E11).
extension Appliance {
    /// Writes records into an archive, a few pictures in memory at a time, unless one is kept that has the same contents.
    ///
    /// - Parameters:
    ///   - items: The records.
    ///   - kind: What is exported.
    /// - Returns: The archive.
    /// - Throws: ``DeviceFault`` with -2100 when there is nothing to export.
    func archive(_ items: [ExportItem], as kind: ExportKind) async throws -> FinishedArchive {
        guard !items.isEmpty else { throw nothingToExport }
        let cipher = try await cipher(of: kind)
        let contents = ArchiveShelf.Contents(kind: kind.prefix, method: cipher.method, items: items)
        if let kept = archives.kept(contents), store.folder.size(of: store.folder.file(kept.path)) != nil {
            archives.put(kept.path, at: clock.now)
            return kept
        }
        let name = archives.name(kind.prefix, now: clock.now, mayCollide: quirks[.exportNameCollision])
        let part = store.folder.incomingPath()
        let lost: [String]
        do {
            lost = try await write(items, kind, ArchiveLayout(quirks, archive: name), cipher, to: part)
            guard lost.count < items.count else { throw nothingToExport }
            try store.folder.move(part, to: store.folder.file("tmp/\(name).zip"))
        } catch {
            store.folder.remove(part)
            throw error
        }
        let path = "tmp/\(name).zip"
        archives.put(path, at: clock.now)
        counters.countArchive()
        let finished = FinishedArchive(
            path: path,
            shownPassword: shownPassword(cipher, kind),
            count: items.count - lost.count,
            lost: lost
        )
        archives.keep(finished, of: contents)
        return finished
    }

    /// The reply to an export by pages.
    func pagedExport(_ archive: FinishedArchive, total: Int, of call: Call) -> Reply {
        .success(.object(members(archive, total: total, call)))
    }

    /// The reply to an export of chosen records.
    ///
    /// - Parameters:
    ///   - archive: What could be exported.
    ///   - asked: The ids that were asked for.
    ///   - missing: Those that had no part in the archive from the start.
    ///   - call: The request.
    /// - Returns: The reply.
    func chosenExport(_ archive: FinishedArchive, asked: [String], missing: [String], of call: Call) -> Reply {
        let failed = asked.filter { missing.contains($0) || archive.lost.contains($0) }
        var members = members(archive, total: asked.count, call)
        if !quirks[.failedMissing] || !failed.isEmpty {
            let value: ReplyValue =
                quirks[.failedAsArray] ? .list(failed.map { .text($0) }) : .text(failed.joined(separator: ","))
            members.insert(("failed_img_ids", value), at: 1)
        }
        return .success(.object(members))
    }

    /// The code for an export of nothing (E6, L14).
    var nothingToExport: DeviceFault { DeviceFault(quirks[.empty105] ? .noData : .nothingToExport) }

    private func members(_ archive: FinishedArchive, total: Int, _ call: Call) -> [(String, ReplyValue)] {
        var members: [(String, ReplyValue)] = [
            ("export_url", .text(exportURL(archive.path, call))), ("result_num", .integer(archive.count)),
            ("total_num", .integer(total)),
        ]
        if let password = archive.shownPassword { members.append(("zippasswd", .text(password))) }
        return members
    }

    private func exportURL(_ path: String, _ call: Call) -> String {
        guard quirks[.exportAbsoluteURL] else { return quirks.shownPath(path) }
        let root = quirks[.downloadRoot] ? "/" : "/ws/"
        return (usesTLS ? "https://" : "http://") + (call.host ?? "127.0.0.1") + root + path
    }

    /// Writes the archive; gives the ids of the records whose pictures were gone by then.
    private func write(
        _ items: [ExportItem],
        _ kind: ExportKind,
        _ layout: ArchiveLayout,
        _ cipher: ZipCipher,
        to file: FilePath
    ) async throws -> [String] {
        let press = ArchivePress(folder: store.folder, layout: layout, cipher: cipher, time: Int(clock.now))
        var writer = ZipWriter(try store.folder.create(file))
        var manifest = CSVText.line(["file_name"] + kind.columns)
        var lost: [String] = []
        if let folder = press.folder { try writer.add(folder) }
        let delay = quirks.number(.exportSlow)
        let step = delay == nil ? ArchivePress.sideBySide : 1
        for start in stride(from: 0, to: items.count, by: step) {
            if let delay { try await Task.sleep(for: .milliseconds(delay)) }
            for made in try await press.pictures(items[start..<min(start + step, items.count)]) {
                guard let picture = made.picture else {
                    lost.append(made.item.id)
                    continue
                }
                if let entry = picture.entry { try writer.add(entry) }
                manifest += CSVText.line([picture.name] + made.item.cells, quotesCommas: kind.quotesCommas)
            }
        }
        if layout.hasManifest {
            let bytes = quirks[.gbkCSV] ? GB18030.encode(manifest) : Array(manifest.utf8)
            try writer.add(press.manifest(kind.manifest, bytes))
        }
        try writer.finish()
        return lost
    }
}
