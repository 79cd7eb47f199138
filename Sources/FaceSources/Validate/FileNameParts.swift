// SPDX-License-Identifier: Apache-2.0
import FaceText

/// The pieces of a file name, before the grammar of batch file names is applied.
package enum FileNameParts {
    /// The stem's parts between `_`, each cleaned.
    static func split(_ stem: String) -> [String] {
        stem.split(separator: "_", omittingEmptySubsequences: false).map { CleanText.clean(String($0)) }
    }

    /// The six parts of a batch file name as text, `nil` for any other stem; gender and age are not looked at.
    package static func six(of stem: String) -> [String]? {
        let parts = split(stem)
        return parts.count == 6 && !parts.contains("") ? parts : nil
    }

    /// Whether a file's name has the six parts of a batch file name, whatever its extension.
    static func isBatch(_ name: String) -> Bool { six(of: stemAndExtension(of: name).stem) != nil }

    /// Parts a file name at its last dot (interface B2).
    ///
    /// What follows the dot counts as an extension only if it looks like one: the end of an address, as in
    /// `…_St. Gallen`, stays with the stem.
    ///
    /// - Returns: The stem, and the extension in lower case or `nil`.
    package static func stemAndExtension(of name: String) -> (stem: String, fileExtension: String?) {
        guard let dot = name.utf8.lastIndex(of: UInt8(ascii: ".")), dot != name.startIndex else { return (name, nil) }
        let tail = name[name.utf8.index(after: dot)...]
        let isExtension =
            (1...5).contains(tail.utf8.count)
            && tail.unicodeScalars.allSatisfy { $0.isASCII && $0.properties.isAlphanumeric }
        return isExtension ? (String(name[..<dot]), tail.lowercased()) : (name, nil)
    }
}

extension Unicode.Scalar.Properties {
    fileprivate var isAlphanumeric: Bool { isAlphabetic || numericType != nil }
}
