// SPDX-License-Identifier: Apache-2.0

extension String {
    /// The text without what could command a terminal: control characters become U+FFFD.
    ///
    /// Names come from devices and files, so they may hold anything.
    var printable: String {
        guard unicodeScalars.contains(where: Self.commandsTerminal) else { return self }
        var clean = String.UnicodeScalarView()
        for scalar in unicodeScalars { clean.append(Self.commandsTerminal(scalar) ? "\u{FFFD}" : scalar) }
        return String(clean)
    }

    /// How many columns the text takes on a terminal; East Asian characters take two.
    var displayWidth: Int {
        reduce(0) { $0 + Self.columns(of: $1) }
    }

    /// The text followed by as many blanks as bring it to a width.
    func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - displayWidth))
    }

    /// As much of the text's beginning as fits into a width.
    func clipped(to width: Int) -> String {
        var left = width
        return String(
            prefix { character in
                left -= Self.columns(of: character)
                return left >= 0
            }
        )
    }

    private static func commandsTerminal(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.generalCategory == .control && scalar != "\n" && scalar != "\t"
            || (0x202A...0x202E).contains(scalar.value) || (0x2066...0x2069).contains(scalar.value)
    }

    private static let wide: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F, 0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F,
        0x1F900...0x1F9FF, 0x20000...0x3FFFD,
    ]

    private static func columns(of character: Character) -> Int {
        guard let scalar = character.unicodeScalars.first else { return 0 }
        return wide.contains { $0.contains(scalar.value) } ? 2 : 1
    }
}

/// Lines up rows of cells into columns two blanks apart.
func columns(_ rows: [[String]]) -> [String] {
    let count = rows.map(\.count).max() ?? 0
    let widths = (0..<count).map { column in
        rows.map { column < $0.count ? $0[column].displayWidth : 0 }.max() ?? 0
    }
    return rows.map { row in
        let filled = row.lastIndex { !$0.isEmpty } ?? 0
        let cells = row.prefix(filled + 1).enumerated().map { $0 == filled ? $1 : $1.padded(to: widths[$0]) }
        return cells.joined(separator: "  ")
    }
}
