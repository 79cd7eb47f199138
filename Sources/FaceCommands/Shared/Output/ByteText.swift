// SPDX-License-Identifier: Apache-2.0

/// Numbers of bytes for people.
enum ByteText {
    /// `512 bytes`, `3.2 MB`.
    static func of(_ bytes: Int) -> String {
        if bytes < 1_000 { return count(bytes, "byte") }
        var value = Double(bytes)
        for unit in ["kB", "MB", "GB", "TB"] {
            value /= 1_000
            if value < 1_000 || unit == "TB" { return "\(MeasureText.number((value * 10).rounded() / 10)) \(unit)" }
        }
        return "\(bytes) bytes"
    }
}
