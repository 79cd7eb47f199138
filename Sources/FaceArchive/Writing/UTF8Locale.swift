// SPDX-License-Identifier: Apache-2.0
import Glibc

/// A locale whose text is UTF-8, for the calling thread and the time of a call.
///
/// libarchive marks a name as UTF-8 only where the locale is UTF-8. The locale of the process is not a library's to
/// change.
enum UTF8Locale {
    /// A `locale_t`, made once and never freed; any number of threads may use it.
    private static let address = Int(bitPattern: newlocale(1 << LC_CTYPE, "C.UTF-8", nil))

    /// Runs a body in the locale; `nil` when the system does not have it.
    static func use<Answer>(_ body: () -> Answer) -> Answer? {
        guard let locale = locale_t(bitPattern: address) else { return nil }
        let before = uselocale(locale)
        defer { uselocale(before) }
        return body()
    }
}
