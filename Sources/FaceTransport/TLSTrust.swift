// SPDX-License-Identifier: Apache-2.0

/// How a server's certificate is verified.
public enum TLSTrust: Sendable, Hashable {
    /// By the machine's certificate authorities, and for the host's name.
    case system
    /// By the authorities in a PEM file, and for the host's name.
    case authorities(file: String)
    /// By the SHA-256 of its public key alone, `sha256//` and base64: neither authorities nor the host's name count.
    case pin(String)

    /// Whether a text has the form of a pin; libcurl would take any other text for a file's name.
    ///
    /// - Parameter text: What a configuration says.
    /// - Returns: `true` for `sha256//` and the base64 of 32 bytes.
    public static func isPin(_ text: String) -> Bool {
        guard text.hasPrefix("sha256//") else { return false }
        let digest = text.dropFirst("sha256//".count)
        return digest.utf8.count == 44 && Base64.decode(digest)?.count == 32
    }
}
