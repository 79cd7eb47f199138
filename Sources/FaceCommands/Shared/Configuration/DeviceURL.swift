// SPDX-License-Identifier: Apache-2.0

/// A device's URL: scheme, host and optional port.
struct DeviceURL: Sendable, Hashable {
    /// The URL without a slash at its end.
    let text: String
    /// Whether the connection is encrypted.
    let isEncrypted: Bool

    /// Reads a URL, `nil` when it is not one of a device.
    init?(_ text: String) {
        var text = text[...]
        if text.hasSuffix("/") { text = text.dropLast() }
        guard let scheme = ["https://", "http://"].first(where: text.hasPrefix) else { return nil }
        let authority = text.dropFirst(scheme.count)
        let host: Substring
        if authority.hasPrefix("["), let end = authority.firstIndex(of: "]") {
            host = authority[authority.index(after: authority.startIndex)..<end]
            guard Self.isPort(authority[authority.index(after: end)...]) else { return nil }
        } else {
            let colon = authority.firstIndex(of: ":") ?? authority.endIndex
            host = authority[..<colon]
            guard !host.contains(where: { "[]".contains($0) }), Self.isPort(authority[colon...]) else { return nil }
        }
        guard !host.isEmpty, !host.contains(where: { $0.isWhitespace || "/?#@\\\"".contains($0) }) else { return nil }
        self.text = String(text)
        isEncrypted = scheme == "https://"
    }

    private static func isPort(_ text: Substring) -> Bool {
        guard let first = text.first else { return true }
        let digits = text.dropFirst()
        guard first == ":", digits.allSatisfy({ $0.isASCII && $0.isNumber }), let port = Int(digits) else {
            return false
        }
        return (1...65_535).contains(port)
    }
}
