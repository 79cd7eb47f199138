// SPDX-License-Identifier: Apache-2.0

extension String {
    /// The text on one line and no longer than a limit, fit for a sentence, a terminal and a report.
    ///
    /// Line ends and tabs become a blank. Control characters and the marks that turn the direction of writing, which
    /// could rewrite what a screen shows, become U+FFFD. A text that is too long keeps its beginning and its end, with an
    /// ellipsis between them.
    ///
    /// - Parameter limit: The most Unicode scalars, at least 8.
    /// - Returns: The text.
    public func onOneLine(atMost limit: Int) -> String {
        let isPlain = utf8.count <= limit && utf8.allSatisfy { (0x20...0x7E).contains($0) }
        return isPlain ? self : shortened(to: limit).cleanedLine
    }

    /// The text with its middle left out where it is longer than a limit; nothing else is changed.
    ///
    /// - Parameter limit: The most Unicode scalars, at least 8.
    /// - Returns: The text.
    public func shortened(to limit: Int) -> String {
        // No text has more scalars than bytes.
        guard utf8.count > limit, unicodeScalars.count > limit else { return self }
        let tail = (limit - 1) / 4
        var short = UnicodeScalarView(unicodeScalars.prefix(limit - 1 - tail))
        short.append("…")
        short.append(contentsOf: unicodeScalars.suffix(tail))
        return String(short)
    }

    private var cleanedLine: String {
        var line = UnicodeScalarView()
        var afterBreak = false
        for scalar in unicodeScalars {
            let isBreak = Self.endsLine(scalar)
            if isBreak {
                if !afterBreak { line.append(" ") }
            } else {
                line.append(Self.rewritesScreen(scalar) ? "\u{FFFD}" : scalar)
            }
            afterBreak = isBreak
        }
        return String(line)
    }

    private static func endsLine(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09...0x0D, 0x85, 0x2028, 0x2029: true
        default: false
        }
    }

    private static func rewritesScreen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0...0x1F, 0x7F...0x9F, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: true
        default: false
        }
    }
}
