// SPDX-License-Identifier: Apache-2.0

/// A failure of a device or on the way to it.
public struct DeviceError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is; callers act on this alone.
    public struct Code: Hashable, Sendable {
        private enum Kind: Hashable {
            case unreachable, replyLost, certificateRefused, loginRefused, permissionRefused, tooLarge, cutOff, refused
            case malformedReply, notFound, fileNotWritten
            case loginUnanswered, notADevice, redirected, handshakeRefused, unusableSettings
        }
        private let kind: Kind

        /// No connection could be made, or it broke before the request was sent whole.
        public static var unreachable: Self { .init(kind: .unreachable) }
        /// The request left whole, its answer never came: the device may or may not have acted.
        public static var replyLost: Self { .init(kind: .replyLost) }
        /// The device's certificate or pin did not verify.
        public static var certificateRefused: Self { .init(kind: .certificateRefused) }
        /// The user name or the password is wrong, or the user is locked; never tried again.
        public static var loginRefused: Self { .init(kind: .loginRefused) }
        /// The login left, and no answer says whether the device took it: it may count as a failed one, and is never
        /// sent again by the same run.
        public static var loginUnanswered: Self { .init(kind: .loginUnanswered) }
        /// What answers at the address is no such device, such as a web page.
        public static var notADevice: Self { .init(kind: .notADevice) }
        /// What answers at the address sends its callers elsewhere.
        public static var redirected: Self { .init(kind: .redirected) }
        /// The two sides found no way to encrypt that both take.
        public static var handshakeRefused: Self { .init(kind: .handshakeRefused) }
        /// The settings cannot be used as they are, such as a file of authorities without a certificate.
        public static var unusableSettings: Self { .init(kind: .unusableSettings) }
        /// The user may not do this.
        public static var permissionRefused: Self { .init(kind: .permissionRefused) }
        /// The request was larger than the device or something before it takes (HTTP 413).
        public static var tooLarge: Self { .init(kind: .tooLarge) }
        /// The connection broke while the request was being sent, so that nothing was carried out: it may be too large for
        /// somebody on the way, or the network just broke.
        public static var cutOff: Self { .init(kind: .cutOff) }
        /// The device answered with a code of its own; see ``DeviceError/deviceCode``.
        public static var refused: Self { .init(kind: .refused) }
        /// The answer could not be understood.
        public static var malformedReply: Self { .init(kind: .malformedReply) }
        /// A download is not there (HTTP 404).
        public static var notFound: Self { .init(kind: .notFound) }
        /// The file on this machine that a download goes to could not be created or written.
        public static var fileNotWritten: Self { .init(kind: .fileNotWritten) }
    }

    /// What kind of failure it is.
    public var code: Code
    /// What was being done and what happened, in one sentence for a person, without secrets.
    public var message: String
    /// The device's own code when it spoke.
    public var deviceCode: Int?
    /// How many failed logins are left until the device locks the user, when it refused one and said so.
    public var loginTriesLeft: Int?
    /// How long the device asked to be left alone (`Retry-After`).
    public var retryAfter: Duration?

    /// Records a failure.
    ///
    /// - Parameters:
    ///   - code: What kind of failure it is.
    ///   - message: One sentence for a person.
    ///   - deviceCode: The device's own code.
    public init(_ code: Code, _ message: String, deviceCode: Int? = nil) {
        self.code = code
        self.message = message
        self.deviceCode = deviceCode
    }

    /// The sentence for a person.
    public var description: String { message }

    /// Whether the same call may succeed later: bounded tries only (interface A4).
    public var mayPass: Bool {
        switch code {
        case .unreachable, .replyLost: true
        case .refused: [-1, -1103, -3524, -3624].contains(deviceCode)
        default: false
        }
    }
}
