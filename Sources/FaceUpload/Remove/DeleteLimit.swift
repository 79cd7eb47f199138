// SPDX-License-Identifier: Apache-2.0

/// How many portraits a run may delete (`--max-delete N|N%`; design rule 5).
public enum DeleteLimit: Sendable, Hashable {
    /// At most 10 % of the library and at most 100 portraits: the default.
    case standard
    /// At most this many.
    case count(Int)
    /// At most this share of the library, in percent.
    case percent(Double)

    /// Reads `N` or `N%`.
    ///
    /// - Parameter text: What was typed.
    public init?(_ text: String) {
        if text.hasSuffix("%") {
            guard let percent = Double(text.dropLast()), (0...100).contains(percent) else { return nil }
            self = .percent(percent)
        } else {
            guard let count = Int(text), count >= 0 else { return nil }
            self = .count(count)
        }
    }

    /// The limit as it is typed, `""` for the default.
    public var text: String {
        switch self {
        case .standard: ""
        case .count(let count): "\(count)"
        case .percent(let percent): "\(percent)%"
        }
    }

    /// How many portraits of a library may be deleted.
    ///
    /// - Parameters:
    ///   - librarySize: How many portraits the library has.
    ///   - spent: How many the run deletes in other libraries of the device; they count where the limit is a number.
    /// - Returns: The most that may be deleted in the library.
    public func allowed(of librarySize: Int, spent: Int = 0) -> Int {
        switch self {
        case .standard: max(0, min(100 - spent, librarySize / 10))
        case .count(let count): max(0, count - spent)
        case .percent(let percent): Int(Double(librarySize) * percent / 100)
        }
    }
}
