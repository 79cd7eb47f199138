// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceModel
import FaceSources
import FaceText
import Glibc

/// A device's archive on our disk; its file goes when it is given up.
package final class ArchiveInHand: Sendable {
    /// The archive.
    let zip: ZipArchive
    /// Tells which image is whose.
    let matching: ArchiveMatching
    private let file: ScratchArchive

    /// Opens a downloaded archive and reads one entry at least, so that a wrong passphrase shows here.
    init(path: String, passphrase: Secret?, expected: Int) throws(ArchiveError) {
        file = ScratchArchive(path: path)
        zip = try ZipArchive(path: path, passphrase: passphrase, names: .device, budget: .archive(of: expected))
        let images = zip.entries.filter { !$0.isTable }
        let tables = zip.entries.filter(\.isTable)
        var manifests: [ArchiveManifest] = []
        for table in tables {
            let bytes = try zip.read(table, isText: true)
            // A text that is no table helps nobody and harms nobody: the images are matched without it.
            if let manifest = try? ArchiveManifest(bytes, name: table.name) { manifests.append(manifest) }
        }
        if tables.isEmpty, let first = images.first { _ = try zip.read(first) }
        matching = ArchiveMatching(images: images, manifests: manifests)
    }
}

extension NameEncoding {
    /// How devices write names: in UTF-8, or in GB18030 (interface E4).
    fileprivate static let device = NameEncoding(title: "UTF-8 or GB18030") { name in
        String(validating: name, as: UTF8.self) ?? TextConverter.text(of: name, in: .gb18030)
    }
}

/// Removes the file of an archive when nobody needs it any more.
private final class ScratchArchive: Sendable {
    private let path: String

    init(path: String) { self.path = path }

    deinit { unsafe unlink(path) }
}

extension ExtractionBudget {
    /// What an archive of some portraits may hold at most (design rule 7).
    fileprivate static func archive(of portraits: Int) -> ExtractionBudget {
        var budget = ExtractionBudget.standard
        budget.entries = portraits * 2 + 16
        budget.totalBytes = budget.bytesPerEntry * (portraits + 1)
        return budget
    }
}

extension ZipEntry {
    fileprivate var isTable: Bool { ["csv", "txt", "tsv"].contains(fileExtension) }
}
