// SPDX-License-Identifier: Apache-2.0

/// How words are written into a unit of systemd, which has signs of its own for quotes, variables and specifiers.
enum UnitText {
    /// An argument of `ExecStart=`: `$` would begin a variable there.
    static func argument(_ text: String) -> String { quoted(text, variables: true) }

    /// The program of `ExecStart=`, in which `$` is nothing special, or a path of a list of paths.
    static func path(_ text: String) -> String { quoted(text, variables: false) }

    /// A text that ends its line, such as a description.
    static func line(_ text: String) -> String { text.replacing("%", with: "%%") }

    /// Whether a path can be written at all: lists of paths have no way to say a control character.
    static func canSay(path: String) -> Bool { !path.unicodeScalars.contains(where: isControl) }

    private static func quoted(_ text: String, variables: Bool) -> String {
        let isPlain = text.unicodeScalars.allSatisfy { $0.properties.isAlphabetic || plain.contains($0) }
        guard text.isEmpty || !isPlain else { return text }
        return "\"" + text.unicodeScalars.map { escaped($0, variables: variables) }.joined() + "\""
    }

    private static let plain = Set("0123456789/._-=:,@+".unicodeScalars)

    private static func escaped(_ scalar: Unicode.Scalar, variables: Bool) -> String {
        switch scalar {
        case "\\": "\\\\"
        case "\"": "\\\""
        case "%": "%%"
        case "$": variables ? "$$" : "$"
        case "\n": "\\n"
        case "\t": "\\t"
        case _ where isControl(scalar): hexadecimal(scalar)
        default: String(scalar)
        }
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool { scalar.value < 0x20 || scalar.value == 0x7F }

    private static func hexadecimal(_ scalar: Unicode.Scalar) -> String {
        let digits = String(scalar.value, radix: 16)
        return "\\x" + (digits.count < 2 ? "0" : "") + digits
    }
}
