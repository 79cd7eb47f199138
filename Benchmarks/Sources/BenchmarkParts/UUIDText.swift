// SPDX-License-Identifier: Apache-2.0

/// UUIDs that are the same on every machine.
enum UUIDText {
    /// The next one.
    ///
    /// - Parameter numbers: What it is made of.
    /// - Returns: 36 characters.
    static func make(_ numbers: inout SeededNumbers) -> String {
        let digits = Array("0123456789abcdef".utf8)
        let lengths = [8, 4, 4, 4, 12]
        return lengths.map { length in
            String(decoding: (0..<length).map { _ in digits[Int(numbers.next() & 15)] }, as: UTF8.self)
        }.joined(separator: "-")
    }
}
