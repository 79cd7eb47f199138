// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceModel
import FaceSources

/// Finds out which image of a device's archive is whose, whatever the archive's layout (interface E4).
///
/// An id counts only where it stands whole: as the second part of a batch file name, as the name of the
/// file, in a line of the table that names the file, or as another part of its name; or the file bears the
/// name under which the device keeps the image. What is ambiguous is not taken.
package struct ArchiveMatching {
    /// An image and what the archive says of its person.
    package struct Match: Sendable {
        let entry: ZipEntry
        /// What the archive says, as far as it can be trusted.
        let attributes: ArchiveAttributes?
    }

    private let images: [ZipEntry]
    private let lines: [ArchiveManifest.Line]
    private let linesByFile: [String: [Int]]

    /// Looks at what is in an archive.
    ///
    /// - Parameters:
    ///   - images: The entries that may be images.
    ///   - manifests: The tables among the entries.
    init(images: [ZipEntry], manifests: [ArchiveManifest]) {
        self.images = images
        lines = manifests.flatMap(\.lines)
        var linesByFile: [String: [Int]] = [:]
        let names = Set(images.flatMap { [$0.name, $0.fileName, $0.stem] })
        for (number, line) in lines.enumerated() {
            for cell in Set(line.cells.flatMap { [$0, SourcePath.name(of: $0)] }) where names.contains(cell) {
                linesByFile[cell, default: []].append(number)
            }
        }
        self.linesByFile = linesByFile
    }

    /// Every text that may be an id, to be looked up in the listing.
    var candidates: Set<String> {
        var texts: Set<String> = []
        for image in images {
            texts.insert(image.stem)
            texts.formUnion(image.parts)
            for line in tableLines(of: image) { texts.formUnion(line.cells) }
        }
        return texts.filter { !$0.isEmpty && $0.utf8.count <= 256 }
    }

    /// Assigns the images to the portraits.
    ///
    /// - Parameters:
    ///   - ids: The ids that may be in the archive.
    ///   - imagePaths: The portraits by the last component of the path under which the device keeps their image.
    /// - Returns: For each portrait that is there, its image. One that two images claim is left out.
    func assign(_ ids: Set<String>, imagePaths: [String: String] = [:]) -> [String: Match] {
        var matches: [String: Match] = [:]
        var doubtful: Set<String> = []
        var linesByID: [String: [Int]] = [:]
        for (number, line) in lines.enumerated() {
            for cell in Set(line.cells) where ids.contains(cell) { linesByID[cell, default: []].append(number) }
        }
        for image in images {
            guard let id = owner(of: image, ids, imagePaths) else { continue }
            if matches[id] != nil { doubtful.insert(id) }
            matches[id] = Match(entry: image, attributes: attributes(of: image, id, linesByID[id] ?? []))
        }
        for id in doubtful { matches[id] = nil }
        return matches
    }

    private func owner(of image: ZipEntry, _ ids: Set<String>, _ imagePaths: [String: String]) -> String? {
        let parts = image.parts
        if parts.count == 6 && ids.contains(parts[1]) { return parts[1] }
        if ids.contains(image.stem) { return image.stem }
        if let id = imagePaths[image.fileName] { return id }
        let named = Set(tableLines(of: image).flatMap(\.cells)).intersection(ids)
        if named.count == 1 { return named.first }
        let mentioned = Set(parts).intersection(ids)
        return mentioned.count == 1 ? mentioned.first : nil
    }

    private func attributes(of image: ZipEntry, _ id: String, _ told: [Int]) -> ArchiveAttributes? {
        let parts = image.parts
        let line = told.count == 1 ? lines[told[0]].attributes : nil
        if parts.count == 6 && parts[1] == id { return ArchiveAttributes(nameParts: parts).confirmed(by: line) }
        return line
    }

    /// The lines of the tables that name a file.
    private func tableLines(of image: ZipEntry) -> [ArchiveManifest.Line] {
        let numbers = Set([image.name, image.fileName, image.stem].flatMap { linesByFile[$0] ?? [] })
        return numbers.sorted().map { lines[$0] }
    }
}
