// SPDX-License-Identifier: Apache-2.0

extension ArchiveAttributes {
    /// The values that stand for masked ones; those that the archive may have altered are left out and read in clear.
    ///
    /// File systems and archives replace what they cannot hold, and a masked value shows nobody that one was. A masked
    /// value is not empty either (M1): an empty one in the archive was a `#`.
    var unaltered: ArchiveAttributes {
        func unaltered(_ value: String?) -> String? { value.flatMap { $0.mayBeAltered ? nil : $0 } }
        var unchanged = self
        unchanged.name = unaltered(name)
        unchanged.identity = unaltered(identity)
        unchanged.gender = unaltered(gender)
        unchanged.age = unaltered(age)
        unchanged.address = unaltered(address)
        return unchanged
    }
}

extension String {
    /// What stands where a character could not, by the habit of file systems, archives and encodings.
    private static let standIns: Set<Unicode.Scalar> = [
        "-", "_", "?", "#", "~", "%", "+", "!", "^", "\u{A0}", "\u{BF}", "\u{25A1}", "\u{FFFD}",
    ]
    /// Where fields and file names are cut, in characters or bytes.
    private static let limits: Set<Int> = [31, 32, 48, 63, 64, 100, 127, 128, 200, 255, 256]

    /// Whether a value out of an archive may be another one than the device's.
    fileprivate var mayBeAltered: Bool {
        isEmpty || unicodeScalars.contains { Self.standIns.contains($0) || (0xFF00...0xFF5E).contains($0.value) }
            || first?.isWhitespace == true || last?.isWhitespace == true
            || Self.limits.contains(utf8.count) || Self.limits.contains(unicodeScalars.count)
    }
}
