// SPDX-License-Identifier: Apache-2.0
import FaceTransport

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
        DeviceError(
            .certificateRefused,
            "the certificate of device \(name) is not trusted: \(error.message); \(advice(error.message, shown))"
        )
    }

    private func advice(_ words: String, _ shown: ServerCertificate?) -> String {
        let words = words.lowercased()
        let trust = "compare it on the device, then run facelib device trust \(name)"
        if case .pin = settings.trust { return "\(trust) --replace" }
        let pin: String =
            if case .authorities = settings.trust {
                "remove the line ca_file from the configuration, then \(trust)"
            } else {
                trust
            }
        if words.contains("not yet valid") {
            let from = shown.map { "it is valid from \($0.validFrom)" } ?? "it is valid from a later time"
            return "\(from): set the clock of this machine or of the device, whichever is wrong, or \(pin)"
        }
        if words.contains("expired") {
            let until = shown.map { "it was valid until \($0.validUntil)" } ?? "it was valid until an earlier time"
            return "\(until): give the device a new one, see that this machine's clock is right, or \(pin)"
        }
        if words.contains("subject name") || words.contains("host name") {
            let whose = shown.map { " (it is for \($0.subject))" } ?? ""
            return "write in url a name that it holds\(whose), or \(pin)"
        }
        if case .authorities(let file) = settings.trust {
            return "\(file) does not hold the authority that signed it: name the right one in ca_file, or \(pin)"
        }
        return pin
    }
}
