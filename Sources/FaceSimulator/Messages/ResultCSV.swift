// SPDX-License-Identifier: Apache-2.0

/// The CSV with which a batch tells what became of its images (B4).
enum ResultCSV {
    /// A line: the file name, the id and the code.
    struct Row: Sendable, Equatable {
        var fileName: String
        var imgID: String
        var code: ReturnCode
    }

    /// The lines of a batch; images that were not tried have none.
    static func rows(
        _ names: [String],
        _ portraits: [Result<NewPortrait, DeviceFault>],
        _ codes: [ReturnCode?]
    ) -> [Row] {
        zip(names, zip(portraits, codes)).compactMap { name, outcome in
            guard let code = outcome.1 else { return nil }
            let stem = name.split(separator: "_", omittingEmptySubsequences: false)
            let named = stem.count > 1 ? String(stem[1]) : ""
            let imgID = (try? outcome.0.get().imgID) ?? named
            return Row(fileName: name, imgID: imgID, code: code)
        }
    }

    /// The file; empty when there are no lines.
    static func bytes(_ rows: [Row], _ quirks: Quirks) -> [UInt8] {
        guard !rows.isEmpty else { return [] }
        var text = quirks[.csvNoHeader] ? "" : CSVText.line(["filename", "img_id", "code", "msg"])
        for row in rows {
            text += CSVText.line([row.fileName, row.imgID, String(row.code.rawValue), row.code.text])
        }
        return quirks[.gbkCSV] ? GB18030.encode(text) : Array(text.utf8)
    }

    /// The part of the file's name that tells batches apart; a new one where the uuid is no fit file name.
    static func fileStem(_ uuid: String) -> String {
        let isFit =
            uuid.utf8.count <= 64
            && uuid.utf8.allSatisfy { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
                default: false
                }
            }
        return isFit ? uuid : UUIDText.new()
    }
}
