// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceModel
import FaceText

/// Opens an archive with the encoding in which its names were written.
///
/// Names that a flag or a field says to be UTF-8 are. Of all others together, these decide in turn: the table in the
/// archive, where it names the photos; what the user says; how the names read.
struct ArchiveOpening {
    /// How many names are looked at.
    private static let enough = 10_000

    /// The file, ready to be opened.
    let path: String
    /// The archive as people know it.
    let title: String
    let passphrase: Secret?
    /// The encoding that the user names.
    let told: TextEncoding?

    /// Opens it.
    ///
    /// - Returns: The archive, and a sentence on its names where their encoding had to be told.
    /// - Throws: ``SourceError``; `unsupported` where nobody can tell.
    func open() throws(SourceError) -> (archive: ZipArchive, remark: String?) {
        let names: [[UInt8]]
        do {
            names = try ZipArchive.unmarkedNames(ofArchiveAt: path, limit: Self.enough)
        } catch {
            throw SourceError(error, in: title)
        }
        guard !names.isEmpty else { return (try archive(.utf8), nil) }
        let verdict = verdict(on: names)
        let proven = proof(by: names, instead: try? verdict.get().encoding)
        if let proven { return (try archive(proven), remark(proven, names, "because its table names the photos so")) }
        switch verdict {
        case .success(let found) where found.encoding == .utf8: return (try archive(.utf8), nil)
        case .success(let found): return (try archive(found.encoding), remark(found.encoding, names, nil))
        case .failure(let fault): throw SourceError(fault, ofNamesIn: title)
        }
    }

    private func verdict(on names: [[UInt8]]) -> Result<DetectedEncoding, EncodingDetector.Fault> {
        var detector = EncodingDetector(of: .fileNames, told: told)
        detector.feed(Array(names.joined(separator: [UInt8(ascii: "\n")])))
        return detector.verdict()
    }

    /// The encoding in which the archive's table names more of the photos than in any other.
    private func proof(by names: [[UInt8]], instead verdict: TextEncoding?) -> TextEncoding? {
        let first = verdict.map { [$0] } ?? []
        var encodings = first
        for candidate in [LegacyCandidate.utf8] + LegacyCandidate.all where !first.contains(candidate.encoding) {
            encodings.append(candidate.encoding)
        }
        let readings = encodings.compactMap { encoding in
            TextConverter.texts(of: names, in: encoding).map { (encoding, texts: $0) }
        }
        guard let cells = photosNamed(readings.map(\.0)) else { return nil }
        let counts = readings.map { reading in
            reading.texts.count { cells.contains(CleanText.composed(String($0.map { $0 == "\\" ? "/" : $0 }))) }
        }
        guard let most = counts.max(), most > 0 else { return nil }
        let best = zip(readings, counts).filter { $0.1 == most }.map(\.0)
        // Sisters, in which the names are the same, are one; the verdict stands before the others.
        guard best.allSatisfy({ $0.texts == best[0].texts }), best[0].0 != verdict else { return nil }
        return best[0].0
    }

    /// The photos that the archive's table names, as paths in the archive; `nil` where it has no such table.
    private func photosNamed(_ encodings: [TextEncoding]) -> Set<String>? {
        // For the table any encoding will do in which no name is unsafe.
        for encoding in encodings {
            guard let archive = try? archive(encoding) else { continue }
            return try? NamedPhotos.paths(in: archive, title: title, told: told)
        }
        return nil
    }

    private func archive(_ encoding: TextEncoding) throws(SourceError) -> ZipArchive {
        let names = NameEncoding(title: encoding.title) { TextConverter.text(of: $0, in: encoding) }
        do {
            return try ZipArchive(path: path, passphrase: passphrase, names: names)
        } catch {
            throw SourceError(error, in: title)
        }
    }

    private func remark(_ encoding: TextEncoding, _ names: [[UInt8]], _ why: String?) -> String {
        var sample = NameSample()
        for name in names.prefix(3) { sample.add(CleanText.clean(TextConverter.text(of: name, in: encoding) ?? "")) }
        let reason = why.map { ", \($0)" } ?? ""
        return "the names in \(title) are read as \(encoding.title)\(reason): \(sample.list)"
    }
}

extension SourceError {
    /// Names whose encoding cannot be told.
    fileprivate init(_ fault: EncodingDetector.Fault, ofNamesIn title: String) {
        switch fault {
        case .doubtful(let possibilities):
            self.init(
                .unsupported,
                "the names in \(title) are not marked as UTF-8 and may be \(possibilities.sentence): "
                    + "give --encoding NAME"
            )
        case .damagedUTF8, .switching, .unknown:
            self.init(
                .unsupported,
                "the names in \(title) are text in no encoding that is known here: give --encoding NAME, or make the "
                    + "archive again with names in UTF-8"
            )
        }
    }
}
