// SPDX-License-Identifier: Apache-2.0

/// A number with its noun, for a sentence: `1 row`, `2 rows`.
///
/// - Parameters:
///   - number: The number.
///   - noun: The noun for one.
///   - plural: The noun for any other number, where it is not the first with an `s`.
/// - Returns: Both, with a blank between them.
public func counted(_ number: Int, _ noun: String, _ plural: String? = nil) -> String {
    number == 1 ? "1 \(noun)" : "\(number) \(plural ?? noun + "s")"
}
