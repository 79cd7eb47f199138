// SPDX-License-Identifier: Apache-2.0
import Glibc

extension ArchiveError {
    /// What the system said when a call failed.
    ///
    /// - Parameters:
    ///   - code: What kind of failure it is.
    ///   - message: What was being done.
    ///   - number: The `errno` of the call.
    /// - Returns: The error, with the system's words.
    static func system(_ code: Code, _ message: String, _ number: CInt) -> ArchiveError {
        ArchiveError(code, message, underlying: LibraryStatus(status: number, text: words(of: number)))
    }

    /// The system's words for an `errno`; `strerror` is not for many threads.
    static func words(of number: CInt) -> String {
        var buffer = [CChar](repeating: 0, count: 256)
        guard strerror_r(number, &buffer, buffer.count - 1) == 0 else { return "error \(number)" }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
