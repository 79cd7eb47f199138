// SPDX-License-Identifier: Apache-2.0

/// How the names of an archive are read that neither a flag nor a field says to be UTF-8.
public struct NameEncoding: Sendable {
    /// What people call it.
    public let title: String
    let text: @Sendable ([UInt8]) -> String?

    /// Takes an encoding.
    ///
    /// - Parameters:
    ///   - title: What people call it.
    ///   - text: The text of a name, `nil` for bytes that are none.
    public init(title: String, text: @escaping @Sendable ([UInt8]) -> String?) {
        self.title = title
        self.text = text
    }

    /// UTF-8, as nearly everybody writes who sets no flag.
    public static let utf8 = NameEncoding(title: "UTF-8") { String(validating: $0, as: UTF8.self) }
}
