// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The name of an archive's entry, as bytes.
struct EntryName: Sendable {
    var bytes: [UInt8]
    var locale: NameLocale

    /// A name in UTF-8 with the flag that says so, or in GB18030 without any (G12).
    ///
    /// Whatever the name holds stands as it is, slashes and dots too.
    init(_ text: String, gbk: Bool) {
        bytes = gbk ? GB18030.encode(text) : Array(text.utf8)
        locale = gbk ? .bytes : .utf8
    }
}

/// The locale that libarchive needs to see, since it asks the C library what the bytes of a name mean.
enum NameLocale: Sendable {
    /// Names are UTF-8, and are flagged as such unless they are ASCII.
    case utf8
    /// Names are bytes of an unknown kind.
    case bytes

    /// Runs `body` with this locale on the calling thread, which has its own back afterwards.
    func around<Result>(_ body: () -> Result) -> Result {
        let locale = unsafe newlocale(1 << LC_CTYPE, self == .utf8 ? "C.UTF-8" : "C", nil)
        // Both are built into Debian's C library; without them names would only lose their flag.
        guard let locale = unsafe locale else { return body() }
        let old = unsafe uselocale(locale)
        defer {
            unsafe uselocale(old)
            unsafe freelocale(locale)
        }
        return body()
    }
}
