// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceReport
import Foundation

/// A row as jobs end them, with only what a test cares about.
func row(
    _ outcome: Outcome,
    _ reason: Reason? = nil,
    source: String = "new/Ann_E-17_#_0_31_Oslo.jpg",
    line: Int? = nil,
    imgID: String = "E-17",
    name: String = "Ann",
    detail: String = "",
    deviceCode: Int? = nil
) -> RowResult {
    RowResult(
        source: source,
        line: line,
        imgID: imgID,
        name: name,
        outcome: outcome,
        reason: reason,
        detail: detail,
        deviceCode: deviceCode
    )
}

/// The summary of an import that ended in these rows.
func summary(of rows: [RowResult], command: String = "import", target: String? = "hq:Staff") -> JobSummary {
    JobSummary(
        job: "20261122-101502-3f",
        command: command,
        source: "new/",
        target: target,
        directory: "/home/hr",
        outcomes: Dictionary(rows.map { ($0.outcome, 1) }, uniquingKeysWith: +),
        seconds: 3.2
    )
}

/// Rows as a ledger gives them, one after the other.
struct Rows: AsyncSequence {
    let rows: [RowResult]

    init(_ rows: [RowResult]) { self.rows = rows }

    func makeAsyncIterator() -> Iterator { Iterator(rest: rows[...]) }

    struct Iterator: AsyncIteratorProtocol {
        var rest: ArraySlice<RowResult>
        mutating func next() async throws -> RowResult? { rest.popFirst() }
    }
}

/// The first bytes of a JPEG; enough for a page, which does not decode.
let thumbnail: [UInt8] = [0xFF, 0xD8, 0xFF, 0xE0] + Array(repeating: 0x41, count: 600)

/// A report in a folder of its own, which is gone when the test is.
final class WrittenReport {
    let folder: URL

    /// A path below a new folder; nothing is made there yet.
    init() {
        folder = FileManager.default.temporaryDirectory.appending(path: "report-\(UUID().uuidString)")
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// Writes the report of these rows and reads one of its files.
    func write(
        _ rows: [RowResult],
        command: String = "import",
        picture: @escaping @Sendable (RowResult) async -> [UInt8]? = { _ in nil }
    ) async throws {
        let writer = try ReportWriter(directory: folder.path)
        try await writer.write(summary: summary(of: rows, command: command), rows: Rows(rows), picture: picture)
    }

    func text(_ file: String) throws -> String {
        String(decoding: try Data(contentsOf: folder.appending(path: file)), as: UTF8.self)
    }

    var files: [String] {
        get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
    }

    func permissions(_ file: String) throws -> Int? {
        try FileManager.default.attributesOfItem(atPath: folder.appending(path: file).path)[.posixPermissions] as? Int
    }
}
