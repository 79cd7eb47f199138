// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation
import NIOSSL
import SwiftASN1
import SystemPackage
import X509

extension Quirks {
    /// The newest version of TLS that is spoken (G1); `nil` for all there are.
    fileprivate var newestTLS: TLSVersion? {
        guard self[.tlsOld] else { return nil }
        return word(.tlsOld) == "1.0" ? .tlsv1 : .tlsv11
    }
}

/// The simulator's self-signed certificate and its key.
///
/// Both are made at the first start and kept in the data folder, so that a pin survives a restart.
struct TLSIdentity: Sendable {
    private let certificate: String
    private let key: P256.Signing.PrivateKey

    /// Reads the identity from the folder, or makes a new one there.
    init(folder: DeviceFolder) throws {
        let keyPath = folder.file("tls.key")
        let certificatePath = folder.file("tls.crt")
        if FileManager.default.fileExists(atPath: keyPath.string) {
            key = try P256.Signing.PrivateKey(
                pemRepresentation: String(decoding: try folder.read(keyPath), as: UTF8.self)
            )
        } else {
            key = P256.Signing.PrivateKey()
            try folder.write(Array(key.pemRepresentation.utf8), to: keyPath)
            folder.remove(certificatePath)
        }
        if FileManager.default.fileExists(atPath: certificatePath.string) {
            certificate = String(decoding: try folder.read(certificatePath), as: UTF8.self)
        } else {
            certificate = try Self.makeCertificate(key).serializeAsPEM().pemString
            try folder.write(Array(certificate.utf8), to: certificatePath)
        }
    }

    /// SHA-256 of the public key, as `curl --pinnedpubkey` takes it.
    var pin: String {
        "sha256//" + Data(SHA256.hash(data: key.publicKey.derRepresentation)).base64EncodedString()
    }

    /// What the server needs.
    func serverConfiguration(_ quirks: Quirks) throws -> TLSConfiguration {
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: [.certificate(try NIOSSLCertificate(bytes: Array(certificate.utf8), format: .pem))],
            privateKey: .privateKey(try NIOSSLPrivateKey(bytes: Array(key.pemRepresentation.utf8), format: .pem))
        )
        if let newest = quirks.newestTLS {
            configuration.minimumTLSVersion = .tlsv1
            configuration.maximumTLSVersion = newest
        }
        return configuration
    }

    private static func makeCertificate(_ key: P256.Signing.PrivateKey) throws -> Certificate {
        let name = try DistinguishedName { CommonName("facelib-simulator") }
        return try Certificate(
            version: .v3,
            serialNumber: Certificate.SerialNumber(),
            publicKey: Certificate.PublicKey(key.publicKey),
            notValidBefore: Date.now - 86_400,
            notValidAfter: Date.now + 10 * 365 * 86_400,
            issuer: name,
            subject: name,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames([
                    .dnsName("localhost"), .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
                ])
            },
            issuerPrivateKey: Certificate.PrivateKey(key)
        )
    }
}
