// SPDX-License-Identifier: Apache-2.0

/// Finds what somebody probably meant to type.
public enum Nearest {
    /// The names that are most like a text.
    ///
    /// - Parameters:
    ///   - text: What was typed.
    ///   - names: What is known, in small letters.
    /// - Returns: At most three names, the nearest first; none that is far off.
    public static func names(to text: String, among names: some Collection<String>) -> [String] {
        let text = text.lowercased()
        return names.map { (name: $0, distance: distance(text, $0)) }
            .filter { $0.distance <= max(2, text.count / 2) || $0.name.contains(text) && text.count > 2 }
            .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
            .prefix(3).map(\.name)
    }

    /// Whether a text is a name with a slip of the hand in it: one letter, two in a long name.
    ///
    /// - Parameters:
    ///   - text: What was typed, in small letters.
    ///   - name: What is known, in small letters.
    /// - Returns: Whether they are so near that one was probably meant to be the other.
    public static func isSlip(_ text: String, of name: String) -> Bool {
        let length = max(text.count, name.count)
        guard length > 2, abs(text.count - name.count) <= 2 else { return false }
        return distance(text, name) <= (length < 6 ? 1 : 2)
    }

    /// How many characters must be changed, added, taken away or swapped with their neighbour.
    private static func distance(_ first: String, _ second: String) -> Int {
        let (first, second) = (Array(first), Array(second))
        var before: [Int] = []
        var row = Array(0...second.count)
        for index in first.indices {
            var next = [index + 1]
            for column in second.indices {
                let changed = row[column] + (first[index] == second[column] ? 0 : 1)
                var least = min(changed, row[column + 1] + 1, next[column] + 1)
                let isSwap =
                    index > 0 && column > 0 && first[index] == second[column - 1]
                    && first[index - 1] == second[column]
                if isSwap { least = min(least, before[column - 1] + 1) }
                next.append(least)
            }
            (before, row) = (row, next)
        }
        return row[second.count]
    }
}
