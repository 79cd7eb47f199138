// SPDX-License-Identifier: Apache-2.0
import FaceTransport
import Glibc

/// What is said when a device's certificate is not trusted.
extension HTTPDevice {
    /// Looks at the certificate once more without trusting it, to tell a certificate that can be pinned from a
    /// connection that cannot be had at all.
    func certificateFailure(_ error: TransportError) async -> DeviceError {
        if case .pin = settings.trust { return certificateRefusal(error, shown: error.certificate) }
        do {
            return certificateRefusal(error, shown: try await ServerCertificate.shown(by: address.base))
        } catch let other as TransportError where other.code == .handshake {
            return failure(of: .logIn, other)
        } catch _ {
            return certificateRefusal(error, shown: nil)
        }
    }

    /// The sentence about a certificate that did not verify, with the way out that fits how it is verified.
    func certificateRefusal(_ error: TransportError, shown: ServerCertificate?) -> DeviceError {
        let refusal = CertificateRefusal(
            device: name,
            host: address.host,
            trust: settings.trust,
            words: error.message,
            shown: shown,
            now: time(nil)
        )
        return DeviceError(
            .certificateRefused,
            "the certificate of device \(name) at \(address.base) \(refusal.sentence)"
        )
    }
}
