// SPDX-License-Identifier: Apache-2.0

/// The name of an archive's entry, as bytes.
struct EntryName: Sendable {
    var bytes: [UInt8]
    /// Whether the entry is flagged as having a name in UTF-8; ASCII needs no flag.
    var isFlagged: Bool

    /// A name in UTF-8 with the flag that says so, or in GB18030 without any (G12).
    ///
    /// Whatever the name holds stands as it is, slashes and dots too.
    init(_ text: String, gbk: Bool) {
        bytes = gbk ? GB18030.encode(text) : Array(text.utf8)
        isFlagged = !gbk && bytes.contains { $0 >= 0x80 }
    }
}
