// SPDX-License-Identifier: Apache-2.0
import FaceTransport

/// What is said when something else than the device's reply came back.
extension HTTPDevice {
    /// The server sends its callers elsewhere.
    ///
    /// `nil` for any other answer. Nobody is followed: the next address might be anybody's, and the password would go
    /// there.
    func redirection(of message: Message, _ response: HTTPResponse) -> DeviceError? {
        guard [301, 302, 303, 307, 308].contains(response.status) else { return nil }
        let place = response.headers["location"] ?? ""
        let target = DeviceAddress.base(of: place)
        let clear = message == .logIn && !address.isEncrypted ? "; the password has gone out in clear, once" : ""
        let what =
            switch target {
            case nil: "to a page of its own: the address may be another box's, check url in the configuration"
            case address.base: "to a page of its own: the address may be another box's, check url in the configuration"
            case let target?:
                "to \(target): if that is the device, write url = \"\(target)\" in the configuration"
            }
        return DeviceError(
            .redirected,
            "device \(name) at \(address.base) was asked to \(message.purpose) and sends its callers on \(what) "
                + "(HTTP \(response.status))\(clear)"
        )
    }

    /// The body is no reply of a device's.
    func noReply(to message: Message, _ response: HTTPResponse, _ problem: JSONParser.Failure) -> DeviceError {
        if response.mayPass {
            var error = DeviceError(
                message.effect == .writes ? .replyLost : .unreachable,
                "device \(name) did not say whether it could \(message.purpose): HTTP \(response.status)"
            )
            error.retryAfter = RetryAfter.wait(in: response.headers)
            return error
        }
        let isSuccess = (200..<300).contains(response.status)
        if response.isWebPage || !isSuccess {
            let what = response.isWebPage ? "a web page" : "something that is no device"
            // A write may have been carried out all the same: whoever sent it looks.
            let code: DeviceError.Code =
                message.effect == .reads || message == .logIn ? .notADevice : isSuccess ? .malformedReply : .replyLost
            return DeviceError(
                code,
                "\(what) answered at \(address.base) when device \(name) was asked to \(message.purpose) "
                    + "(HTTP \(response.status)): the address may be another box's, check url in the configuration"
            )
        }
        let what = response.isPacked ? "it is packed (gzip) and does not say so" : "\(problem)"
        return DeviceError(
            .malformedReply,
            "device \(name) answered the request to \(message.purpose) with something that is no reply: \(what)"
        )
    }
}

extension HTTPResponse {
    /// Whether a server, or a proxy before it, is only out of order for a while.
    var mayPass: Bool { status >= 500 && status != 501 && status != 505 || [408, 425, 429].contains(status) }

    /// Whether the body is a page for people.
    var isWebPage: Bool {
        let start = body.drop { [0x20, 0x09, 0x0A, 0x0D, 0xEF, 0xBB, 0xBF].contains($0) }.first
        return start == UInt8(ascii: "<") || headers["content-type"]?.lowercased().contains("html") == true
    }

    /// Whether the body begins as gzip does.
    var isPacked: Bool { body.starts(with: [0x1F, 0x8B]) }
}
