// SPDX-License-Identifier: Apache-2.0
package import FaceText

/// A file name as text: in Unicode for values and reports, whatever bytes the disk spells it with.
package struct FileNameText {
    /// The name in NFC; with replacement characters where it cannot be read.
    let text: String
    /// The encoding the name was read in, `nil` where nobody can tell.
    package let encoding: TextEncoding?
    /// Why it cannot be read, and what to do, to be said of the name: "is not UTF-8 …".
    package let doubt: String?

    /// A name that was read.
    init(_ text: String, in encoding: TextEncoding) {
        self.text = CleanText.composed(text)
        self.encoding = encoding
        doubt = nil
    }

    /// A name in an encoding, which may not fit.
    init(_ name: [UInt8], in encoding: TextEncoding) {
        if let text = TextConverter.text(of: name, in: encoding) {
            self.init(text, in: encoding)
        } else {
            self.init(unreadable: name, "is not text in UTF-8 or \(encoding.title)")
        }
    }

    /// A name in one of several encodings, or in none.
    init(unreadable name: [UInt8], _ possibilities: [LegacyVerdict.Possibility]) {
        guard !possibilities.isEmpty else {
            self.init(unreadable: name, "is text in no encoding that is known here")
            return
        }
        let list = possibilities.sentence { TextConverter.text(of: name, in: $0.encoding) ?? "" }
        self.init(unreadable: name, "is not UTF-8 and may be \(list): give --encoding NAME, or rename it")
    }

    private init(unreadable name: [UInt8], _ doubt: String) {
        text = CleanText.composed(String(decoding: name, as: UTF8.self))
        encoding = nil
        self.doubt = doubt
    }
}
