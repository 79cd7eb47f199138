// SPDX-License-Identifier: Apache-2.0

/// A configuration file's text, of which one value is changed and nothing else.
struct ConfigurationText {
    let text: String

    /// The text with a device's pin set; `nil` when it cannot be done without touching other lines.
    ///
    /// - Parameters:
    ///   - pin: The pin to write.
    ///   - device: The device's name.
    /// - Returns: The new text, which differs in that one value only.
    func settingPin(_ pin: String, of device: String) -> String? {
        let outline = ConfigurationOutline(text)
        let table = ["devices", device]
        guard let heading = outline.entries.firstIndex(where: { $0.isHeading && $0.path == table }) else { return nil }
        let keys = outline.entries[(heading + 1)...].prefix { !$0.isHeading }
        var bytes = outline.bytes
        let value = Array("\"\(pin)\"".utf8)
        if let old = keys.first(where: { $0.path == table + ["pin"] }) {
            bytes.replaceSubrange(old.range, with: value)
        } else {
            let last = keys.last ?? outline.entries[heading]
            let end = bytes[last.range.upperBound...].firstIndex(of: UInt8(ascii: "\n")) ?? bytes.endIndex
            let isCRLF = end > 0 && end < bytes.endIndex && bytes[end - 1] == UInt8(ascii: "\r")
            let indentation = Self.indentation(before: last.start, in: bytes)
            let line = indentation + Array("pin = ".utf8) + value
            // Behind a last line without an end, the new one has none either.
            let newline = Array((isCRLF ? "\r\n" : "\n").utf8)
            if end == bytes.endIndex {
                bytes += newline + line
            } else {
                bytes.insert(contentsOf: line + newline, at: end + 1)
            }
        }
        let changed = String(decoding: bytes, as: UTF8.self)
        return isSame(as: changed, exceptPinOf: device, which: pin) ? changed : nil
    }

    /// Whether the TOML library sees the change that was meant, and no other.
    private func isSame(as changed: String, exceptPinOf device: String, which pin: String) -> Bool {
        guard var expected = try? ConfigurationValue.document(text, path: ""),
            let actual = try? ConfigurationValue.document(changed, path: ""),
            case .table(var devices)? = expected["devices"], case .table(var table)? = devices[device]
        else { return false }
        table["pin"] = .text(pin)
        devices[device] = .table(table)
        expected["devices"] = .table(devices)
        return actual == expected
    }

    private static func indentation(before start: Int, in bytes: [UInt8]) -> [UInt8] {
        Array(bytes[..<start].reversed().prefix { $0 == UInt8(ascii: " ") || $0 == UInt8(ascii: "\t") }.reversed())
    }
}
