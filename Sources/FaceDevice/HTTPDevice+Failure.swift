// SPDX-License-Identifier: Apache-2.0
import FaceTransport

/// The sentences in which a device's and the network's refusals reach a person.
extension HTTPDevice {
    /// The device answered with a code of its own.
    func refusal(of message: Message, _ reply: Reply) -> DeviceError {
        DeviceError(.refused, "device \(name) refused to \(message.purpose): \(reply.verdict)", deviceCode: reply.code)
    }

    /// The user may not do this.
    func permissionRefusal(of message: Message, _ reply: Reply?) -> DeviceError {
        DeviceError(
            .permissionRefused,
            "device \(name) does not let user \(settings.user) \(message.purpose): \(reply?.verdict ?? "HTTP 401")",
            deviceCode: reply?.code
        )
    }

    /// The reply does not hold what it should.
    func malformed(_ message: Message, _ what: String) -> DeviceError {
        DeviceError(.malformedReply, "device \(name) was asked to \(message.purpose), and its reply has \(what)")
    }

    /// The request did not get through, or its answer did not.
    func failure(of message: Message, _ error: TransportError) -> DeviceError {
        let lost = message.effect == .writes ? DeviceError.Code.replyLost : .unreachable
        switch error.code {
        case .certificate: return certificateRefusal(error, shown: error.certificate)
        case .handshake:
            return DeviceError(
                .handshakeRefused,
                "there is no encrypted connection to device \(name) at \(address.base): \(error.message)"
            )
        case .authorities where settings.trust == .system: return certificateRefusal(error, shown: nil)
        case .authorities:
            return DeviceError(
                .unusableSettings,
                "the ca_file of device \(name) cannot be used: \(error.message); name a PEM file, which begins with "
                    + "-----BEGIN CERTIFICATE-----"
            )
        case .connectionLost where !error.requestWasSent && error.bodyBytesSent > 0:
            return DeviceError(
                .cutOff,
                "device \(name) closed the connection while it was sent the request to \(message.purpose): \(error.message)"
            )
        case .fileNotWritten:
            return DeviceError(.fileNotWritten, "device \(name) was asked to \(message.purpose): \(error.message)")
        case .responseTooLarge, .protocolViolation:
            let code: DeviceError.Code =
                message == .logIn ? .notADevice : message.effect == .writes ? lost : .malformedReply
            let hint =
                address.isEncrypted || message != .logIn
                ? "" : "; if the device is in https mode, write https in its url"
            return DeviceError(
                code,
                "device \(name) was asked to \(message.purpose), and its answer is none: \(error.message)\(hint)"
            )
        case .timedOut where error.requestWasSent, .connectionLost where error.requestWasSent:
            return DeviceError(
                lost,
                "device \(name) was asked to \(message.purpose), and no answer came: \(error.message)"
            )
        default:
            return DeviceError(.unreachable, "device \(name) at \(address.base) cannot be reached: \(error.message)")
        }
    }
}
