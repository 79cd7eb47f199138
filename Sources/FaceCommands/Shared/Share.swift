// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser

/// A share of a library as it is typed: `1/7`, `5%` or `0.2`.
enum Share {
    /// Reads a share.
    ///
    /// - Parameter text: What was typed.
    /// - Returns: The share from 0 to 1, `nil` for anything else.
    static func reading(_ text: String) -> Double? {
        let value: Double?
        if text.hasSuffix("%") {
            value = Double(text.dropLast()).map { $0 / 100 }
        } else if let slash = text.firstIndex(of: "/") {
            guard let part = Int(text[..<slash]), let whole = Int(text[text.index(after: slash)...]), whole > 0 else {
                return nil
            }
            value = Double(part) / Double(whole)
        } else {
            value = Double(text)
        }
        return value.flatMap { (0...1).contains($0) ? $0 : nil }
    }

    /// Reads the value of an option.
    ///
    /// - Parameter option: The option's name, for messages.
    /// - Returns: What makes a share of a text.
    static func reading(option: String) -> @Sendable (String) throws -> Double {
        { text in
            guard let share = reading(text) else {
                throw ValidationError("\(option) takes a share such as 1/7, 5% or 0.2, not \"\(text)\".")
            }
            return share
        }
    }
}
