// SPDX-License-Identifier: Apache-2.0

/// The rules for names of libraries that facelib makes; devices document none (interface L1).
enum LibraryName {
    /// Refuses names that devices are known to refuse or that nobody can mean.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - console: Told of characters that other tools stumble over.
    /// - Throws: ``CommandError`` with status 64.
    static func check(_ name: String, console: Console) throws(CommandError) {
        guard (1...64).contains(name.unicodeScalars.count) else {
            throw .usage("The name of a library has 1 to 64 characters, not \(name.unicodeScalars.count).")
        }
        guard name.printable == name, !name.contains(where: \.isNewline), name.contains(where: { !$0.isWhitespace })
        else { throw .usage("The name of a library cannot hold control characters or be blank.") }
        if name.contains(where: { $0 == "," || $0 == "_" }) {
            console.warn(
                "The name \"\(name)\" holds a comma or an underscore, which some tools for this device split at."
            )
        }
    }
}
