// SPDX-License-Identifier: Apache-2.0

/// The certificate that a server shows, in the words that an operator compares.
public struct ServerCertificate: Sendable, Hashable {
    /// The SHA-256 of its public key, `sha256//` and base64.
    public var pin: String
    /// Whom it names, as OpenSSL prints it.
    public var subject: String
    /// Who signed it, as OpenSSL prints it.
    public var issuer: String
    /// The host names and addresses that it is for; without any, clients take the name of the subject.
    public var names: [String]
    /// From when it is valid, as OpenSSL prints it.
    public var validFrom: String
    /// Until when it is valid, as OpenSSL prints it.
    public var validUntil: String

    init(pin: String, facts: [String: String]) {
        self.pin = pin
        subject = facts["Subject"] ?? ""
        issuer = facts["Issuer"] ?? ""
        names = Self.names(facts["X509v3 Subject Alternative Name"] ?? "")
        validFrom = facts["Start date"] ?? ""
        validUntil = facts["Expire date"] ?? ""
    }

    /// Reads `DNS:cam.example, IP Address:10.0.0.7, email:…`.
    private static func names(_ text: String) -> [String] {
        text.split(separator: ", ").compactMap { entry in
            for kind in ["DNS:", "IP Address:"] where entry.hasPrefix(kind) {
                return String(entry.dropFirst(kind.count))
            }
            return nil
        }
    }

    /// Asks a server for its certificate without trusting it: the connection ends before anything is sent.
    ///
    /// - Parameter url: The server's URL, `https`.
    /// - Returns: The certificate as it was shown.
    /// - Throws: ``TransportError``: ``TransportError/Code/invalidRequest`` for a URL without TLS,
    ///   ``TransportError/Code/unreachable`` and the like; `CancellationError`.
    public static func shown(by url: String) async throws -> ServerCertificate {
        guard url.lowercased().hasPrefix("https://") else {
            throw TransportError(.invalidRequest, "only an https address has a certificate, not \(url)")
        }
        // No key has this pin, so libcurl stops after the handshake and says which pin there is.
        let none = "sha256//" + String(repeating: "A", count: 43) + "="
        return try await HTTPClient.with(trust: .pin(none), connections: 1) { client in
            do {
                _ = try await client.send(HTTPRequest(.get, url))
            } catch let error as TransportError {
                guard let certificate = error.certificate else { throw error }
                return certificate
            }
            throw TransportError(.protocolViolation, "the server at \(url) showed no certificate")
        }
    }
}
