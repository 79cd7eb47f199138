// SPDX-License-Identifier: Apache-2.0

/// A file name as text: in Unicode for values and reports, whatever bytes the disk spells it with.
struct FileNameText {
    /// The name in NFC; with replacement characters where it cannot be read.
    let text: String
    /// The encoding the name was read in, `nil` where it is none that is known.
    let encoding: TextEncoding?

    /// Reads a name's bytes: as UTF-8, else as GB18030 or Windows-1252, whichever they look like.
    init(reading bytes: [UInt8]) {
        if let text = String(validating: bytes, as: UTF8.self) {
            self.text = CleanText.composed(text)
            encoding = .utf8
            return
        }
        var detector = EncodingDetector()
        detector.feed(bytes)
        if case .success(let found) = detector.verdict(), let text = TextConverter.text(of: bytes, in: found.encoding) {
            self.text = CleanText.composed(text)
            encoding = found.encoding
        } else {
            text = String(decoding: bytes, as: UTF8.self)
            encoding = nil
        }
    }
}
