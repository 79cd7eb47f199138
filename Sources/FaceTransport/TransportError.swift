// SPDX-License-Identifier: Apache-2.0

/// A failure on the way to a server or back.
public struct TransportError: Error, Sendable, CustomStringConvertible {
    /// What kind of failure it is.
    public struct Code: Hashable, Sendable {
        private enum Kind: Hashable {
            case unreachable, certificate, handshake, authorities, timedOut, connectionLost, responseTooLarge,
                protocolViolation
            case invalidRequest, fileNotWritten, closed
        }
        private let kind: Kind

        /// The name did not resolve, or no connection could be made.
        public static var unreachable: Self { .init(kind: .unreachable) }
        /// The server's certificate or pin did not verify; nothing was sent.
        public static var certificate: Self { .init(kind: .certificate) }
        /// The two sides found no way to encrypt that both take; nothing was sent, and trying again does not help.
        public static var handshake: Self { .init(kind: .handshake) }
        /// The file of authorities holds no certificate; nothing was sent.
        public static var authorities: Self { .init(kind: .authorities) }
        /// The deadline passed, or no byte moved for too long.
        public static var timedOut: Self { .init(kind: .timedOut) }
        /// The connection broke before the answer was complete.
        public static var connectionLost: Self { .init(kind: .connectionLost) }
        /// The answer is larger than the request allows.
        public static var responseTooLarge: Self { .init(kind: .responseTooLarge) }
        /// What came back is not HTTP.
        public static var protocolViolation: Self { .init(kind: .protocolViolation) }
        /// The request cannot be sent as it is, such as a URL that is none; nothing was sent.
        public static var invalidRequest: Self { .init(kind: .invalidRequest) }
        /// The file for the answer could not be created or written.
        public static var fileNotWritten: Self { .init(kind: .fileNotWritten) }
        /// The client was closed.
        public static var closed: Self { .init(kind: .closed) }
    }

    /// libcurl's own status and words.
    public struct LibraryStatus: Sendable, Hashable {
        /// The `CURLcode`.
        public var code: Int32
        /// What libcurl wrote about it.
        public var text: String
    }

    /// What kind of failure it is.
    public var code: Code
    /// What happened, in a form fit for a person.
    public var message: String
    /// Whether the whole request left, so that the server may have acted on it; `true` when in doubt.
    public var requestWasSent = false
    /// How many bytes of the body libcurl took for sending.
    public var bodyBytesSent = 0
    /// libcurl's own status and words, when there were any.
    public var underlying: LibraryStatus?
    /// What the server showed, when a pin did not match.
    public var certificate: ServerCertificate?

    init(_ code: Code, _ message: String) {
        self.code = code
        self.message = message
    }

    /// The message.
    public var description: String { message }
}
