// SPDX-License-Identifier: Apache-2.0

/// What two sides could not agree on in a TLS handshake, read from OpenSSL's words.
enum HandshakeFailure: CaseIterable, Sendable {
    case plainText, version, cipher, weakKey, renegotiation, clientCertificate, serverName, other

    /// Reads libcurl's text of a failed handshake; `nil` where the connection only broke, as it does while a server
    /// starts.
    ///
    /// - Parameter text: The text, with OpenSSL's error in it.
    init?(_ text: String) {
        // OpenSSL's errors stand as "error:0A00014D:SSL routines::words"; without one it was the network.
        guard let mark = text.firstRange(of: "error:") else { return nil }
        let words = text[mark.lowerBound...].lowercased()
        if words.contains("unexpected eof") { return nil }
        self = Self.allCases.first { kind in kind.signs.contains { words.contains($0) } } ?? .other
    }

    private var signs: [String] {
        switch self {
        case .plainText: ["wrong version number", "http request", "packet length too long"]
        case .version:
            [
                "unsupported protocol", "protocol version", "version too low", "no protocols available",
                "legacy sigalg disallowed", "wrong ssl version", "inappropriate fallback",
            ]
        case .cipher:
            [
                "handshake failure", "no shared cipher", "no ciphers available", "no cipher match", "wrong cipher",
                "insufficient security", "wrong curve", "no suitable", "no common signature", "wrong signature type",
            ]
        case .weakKey: ["key too small", "md too weak", "ee key", "bad dh", "modulus too small"]
        case .renegotiation: ["renegotiation"]
        case .clientCertificate: ["certificate required", "peer did not return a certificate"]
        case .serverName: ["unrecognized name"]
        case .other: []
        }
    }

    /// What it comes to and what can be done, for a person; no full stop.
    var sentence: String {
        switch self {
        case .plainText:
            "what answers there does not speak TLS: the port is another one, or the server is in http mode"
        case .version:
            "its TLS is too old for this machine, which refuses such versions: bring the server's firmware up to date, or "
                + "allow old TLS in this machine's OpenSSL configuration"
        case .cipher:
            "the two sides have no cipher in common: bring the server's firmware up to date, or allow weaker ciphers in "
                + "this machine's OpenSSL configuration"
        case .weakKey:
            "its certificate or key is too weak for this machine: give the server a new one, of 2048 bits or more"
        case .renegotiation:
            "its TLS only knows the unsafe renegotiation, which this machine refuses: bring the server's firmware up to date"
        case .clientCertificate: "it asks for a certificate of ours, and there is none: turn that off on the server"
        case .serverName: "it does not know itself by the name in the URL: write the name or address that it has"
        case .other: "the two sides could not agree"
        }
    }
}
