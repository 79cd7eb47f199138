// SPDX-License-Identifier: Apache-2.0
internal import FaceModel

/// A password or passphrase as it stands in a file, a variable or what a program prints.
///
/// What editors add and nobody types is taken off: a byte order mark in front, and the ends of lines. What somebody may
/// have meant is kept and told: blanks at either end, and characters that cannot be seen.
enum SecretText {
    /// Why a text holds no secret, as the end of a sentence that begins with where it stands.
    struct Problem: Error {
        let text: String
    }

    /// UTF-8's mark, as editors of Windows write it.
    static let mark: [UInt8] = [0xef, 0xbb, 0xbf]

    /// Reads a secret.
    ///
    /// - Parameters:
    ///   - bytes: What stands there.
    ///   - what: What it is, such as `passphrase`.
    ///   - remark: Takes what is odd about it, as the end of a sentence that begins with where it stands.
    /// - Returns: The secret.
    /// - Throws: ``Problem`` unless the bytes are one line of text.
    static func read(_ bytes: [UInt8], as what: String, _ remark: (String) -> Void) throws(Problem) -> Secret {
        if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
            throw Problem(text: "is text in UTF-16; save it as UTF-8")
        }
        if bytes.contains(0) {
            throw Problem(
                text: "holds NUL bytes, as text in UTF-16 and keys do; save the \(what) as UTF-8, or name a key with "
                    + "--key-file"
            )
        }
        let unmarked = bytes.starts(with: mark) ? bytes.dropFirst(mark.count) : bytes[...]
        guard let text = String(validating: unmarked, as: UTF8.self) else {
            throw Problem(text: "is no text in UTF-8; save the \(what) as UTF-8, or name a key with --key-file")
        }
        let lines = text.split(whereSeparator: \.isNewline)
        guard lines.count == 1, let line = lines.first else {
            throw Problem(text: "must hold the \(what) on one line, nothing else")
        }
        guard !line.allSatisfy(\.isWhitespace) else { throw Problem(text: "holds nothing but blanks") }
        if line.first?.isWhitespace == true { remark("begins with a blank, which counts as part of the \(what)") }
        if line.last?.isWhitespace == true { remark("ends in a blank, which counts as part of the \(what)") }
        if let scalar = line.unicodeScalars.first(where: isInvisible) {
            let number = String(scalar.value, radix: 16, uppercase: true)
            let name = "U+" + String(repeating: "0", count: max(0, 4 - number.count)) + number
            remark("holds a character that cannot be seen (\(name)), which counts as part of the \(what)")
        }
        return Secret(String(line))
    }

    private static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        [.control, .format].contains(scalar.properties.generalCategory) && scalar != "\t"
    }
}
