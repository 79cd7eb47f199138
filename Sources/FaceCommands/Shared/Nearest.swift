// SPDX-License-Identifier: Apache-2.0

/// Finds what somebody probably meant to type.
enum Nearest {
    /// The names that are most like a text, the nearest first; at most three, none that is far off.
    static func names(to text: String, among names: some Collection<String>) -> [String] {
        let text = text.lowercased()
        return names.map { (name: $0, distance: distance(text, $0)) }
            .filter { $0.distance <= max(2, text.count / 2) || $0.name.contains(text) && text.count > 2 }
            .sorted { ($0.distance, $0.name) < ($1.distance, $1.name) }
            .prefix(3).map(\.name)
    }

    /// How many characters must be changed, added or taken away (Levenshtein).
    private static func distance(_ first: String, _ second: String) -> Int {
        let second = Array(second)
        var row = Array(0...second.count)
        for (index, character) in first.enumerated() {
            var corner = row[0]
            row[0] = index + 1
            for column in second.indices {
                let changed = corner + (character == second[column] ? 0 : 1)
                corner = row[column + 1]
                row[column + 1] = min(changed, row[column] + 1, corner + 1)
            }
        }
        return row[second.count]
    }
}
