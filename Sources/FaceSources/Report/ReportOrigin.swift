// SPDX-License-Identifier: Apache-2.0
import FaceFiles
import FaceText
import Foundation
import SystemPackage

/// What the summary.json beside a report says of where its rows came from.
struct ReportOrigin {
    let origin: SourceOrigin
    /// The original CSV, ready to be opened; `nil` where the source was a folder that is read by file names.
    let table: FilePath?
    /// The original CSV as people know it.
    let tableTitle: String

    private struct Summary: Decodable {
        let source: String
        let directory: String
        let encoding: String?
    }

    /// Reads the summary of the report at `path`.
    ///
    /// - Parameters:
    ///   - path: The report.
    ///   - title: The report as it was typed.
    ///   - told: The encoding that the user names now, where the summary remembers none.
    /// - Throws: ``SourceError`` where there is none, or it makes no sense.
    init(besideReport path: FilePath, title: String, told: TextEncoding?) throws(SourceError) {
        let summaryTitle = SourcePath.join(SourcePath.folder(of: title), "summary.json")
        let summary = try Self.read(path.removingLastComponent().appending("summary.json"), title: summaryTitle)
        guard summary.directory.hasPrefix("/") else {
            throw SourceError(.malformed, "\(summaryTitle) does not say in which folder the command ran")
        }
        let encoding = try Self.encoding(summary.encoding, in: summaryTitle) ?? told
        origin = SourceOrigin(source: summary.source, directory: summary.directory, encoding: encoding)
        let source = SourcePath.open(summary.source, from: FilePath(summary.directory))
        switch source.kind(followingLinks: true) {
        case .success(.folder):
            table = SourceOpener.table(in: source)
            tableTitle = SourcePath.join(summary.source, table?.lastComponent?.string ?? SourceOpener.tableName)
        case .success:
            table = source
            tableTitle = summary.source
        case .failure:
            // Rows without a line do not need it; those with one will say that it is missing.
            table = nil
            tableTitle = summary.source
        }
    }

    private static func encoding(_ name: String?, in title: String) throws(SourceError) -> TextEncoding? {
        guard let name else { return nil }
        guard let encoding = TextEncoding(named: name) else {
            throw SourceError(.malformed, "\(title) names the encoding \"\(name)\", which is not known here")
        }
        return encoding
    }

    private static func read(_ path: FilePath, title: String) throws(SourceError) -> Summary {
        var text: [UInt8] = []
        do {
            let file = try ByteFile(path: path)
            while case let bytes = try file.next(ByteFile.chunk), !bytes.isEmpty, text.count < 1 << 20 {
                text += bytes
            }
        } catch .noSuchFileOrDirectory {
            throw SourceError(
                .notFound,
                "\(title) is not there: a report can be imported again only beside the summary.json it was made with"
            )
        } catch {
            throw SourceError(error, opening: title)
        }
        do {
            return try JSONDecoder().decode(Summary.self, from: Data(text))
        } catch {
            throw SourceError(.malformed, "\(title) is not the summary of a report: make the report again (\(error))")
        }
    }
}
