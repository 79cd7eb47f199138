// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation
import SwiftASN1
import X509

/// An authority that signs certificates for simulated devices, or a certificate that signs itself.
struct TestAuthority {
    /// From when to when a certificate is valid.
    struct Span: Sendable {
        let from: Date
        let until: Date

        /// From a day ago for a year.
        static let now = Span(from: .now - 86_400, until: .now + 365 * 86_400)
        /// To 2024-03-05 10:11:12 UTC.
        static let past = Span(from: date(1_500_000_000), until: date(1_709_633_472))
        /// From 2099-01-02 03:04:05 UTC.
        static let future = Span(from: date(4_071_006_245), until: date(4_080_000_000))

        private static func date(_ seconds: Int) -> Date { Date(timeIntervalSince1970: TimeInterval(seconds)) }
    }

    private let name: DistinguishedName
    private let key = P256.Signing.PrivateKey()

    /// Makes an authority with a common name.
    init(_ name: String) throws { self.name = try DistinguishedName { CommonName(name) } }

    /// Writes the authority's own certificate, as PEM.
    func write(to file: URL, valid span: Span = .now) throws {
        let text = try certificate(of: name, key, span, names: nil).serializeAsPEM().pemString
        try Data(text.utf8).write(to: file)
    }

    /// Writes key and certificate of a device into its folder, which is made, where the simulator looks for them.
    ///
    /// The certificate is for DNS names and IPv4 addresses, and signed by the authority or by itself.
    func issue(
        into folder: URL,
        valid span: Span = .now,
        hosts: [String] = [],
        addresses: [[UInt8]] = [[127, 0, 0, 1]],
        isSelfSigned: Bool = false
    ) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let names =
            hosts.map { GeneralName.dnsName($0) }
            + addresses.map { .ipAddress(ASN1OctetString(contentBytes: $0[...])) }
        let device = isSelfSigned ? self : try TestAuthority("device")
        let text = try certificate(of: device.name, device.key, span, names: names).serializeAsPEM().pemString
        try Data(text.utf8).write(to: folder.appending(path: "tls.crt"))
        try Data(device.key.pemRepresentation.utf8).write(to: folder.appending(path: "tls.key"))
    }

    /// A certificate that this authority signs.
    private func certificate(
        of subject: DistinguishedName,
        _ subjectKey: P256.Signing.PrivateKey,
        _ span: Span,
        names: [GeneralName]?
    ) throws -> Certificate {
        try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: Certificate.PublicKey(subjectKey.publicKey),
            notValidBefore: span.from,
            notValidAfter: span.until,
            issuer: name,
            subject: subject,
            extensions: try Certificate.Extensions {
                if let names {
                    Critical(BasicConstraints.notCertificateAuthority)
                    SubjectAlternativeNames(names)
                } else {
                    Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                }
            },
            issuerPrivateKey: Certificate.PrivateKey(key)
        )
    }
}
