// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceFiles
import FaceText

/// The columns and lines of a `records.csv`: the image, then every field in the order of the device, each coded one
/// with its meaning behind it (`docs/records.md`).
struct RecordTable {
    /// The name of the file.
    static let name = "records.csv"

    private let kind: RecordKind
    /// The fields that any record has, in order.
    private(set) var fields: [String] = []
    private var known: Set<String> = []

    init(_ kind: RecordKind) { self.kind = kind }

    /// The most fields that records of a kind may have together.
    private static let mostFields = 4096

    /// Takes up the fields of a record; one that no earlier record had comes behind the one it follows here.
    mutating func note(_ record: DeviceRecord) throws(TargetError) {
        var previous: String?
        for field in record.fields {
            defer { previous = field.name }
            guard known.insert(field.name).inserted else { continue }
            guard known.count <= Self.mostFields else {
                throw TargetError(.failed, "the records have more than \(Self.mostFields) fields, which is no table")
            }
            let place = previous.flatMap { fields.firstIndex(of: $0) }.map { $0 + 1 } ?? 0
            fields.insert(field.name, at: place)
        }
    }

    /// What the file begins with: the mark by which spreadsheets know UTF-8, and the columns.
    var head: String {
        let names = fields.flatMap { isCoded($0) ? [$0, "\($0).words"] : [$0] }
        return CSVText.mark + CSVText.line(["image"] + names)
    }

    /// The line of a record.
    func line(_ entry: RecordEntry) -> String {
        var texts: [String: String] = [:]
        for field in entry.record.fields { texts[field.name] = field.text ?? "" }
        var cells = [entry.image]
        for name in fields {
            let text = texts[name] ?? ""
            cells.append(text)
            if isCoded(name) { cells.append(RecordWords.words(for: name, text, in: kind) ?? "") }
        }
        return CSVText.line(cells)
    }

    /// Whether the values of a field are codes, or numbers written in an odd way.
    private func isCoded(_ name: String) -> Bool {
        RecordWords.title(of: name, in: kind) != nil || name.hasSuffix(".st_age_value")
    }
}
