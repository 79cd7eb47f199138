// SPDX-License-Identifier: Apache-2.0
import FaceTransport
import Logging

extension HTTPDevice {
    /// How long a call may take.
    struct Limits {
        /// The longest time for the whole call.
        var deadline = Duration.seconds(30)
        /// The longest time without a byte.
        var stall = Duration.seconds(30)

        /// For calls that a device answers at once.
        static let short = Limits()

        /// For calls that carry images: time to send them at 100 KB a second, and three seconds for each
        /// in which the device works in silence.
        static func upload(bytes: Int, images: Int) -> Limits {
            let work = 3 * images
            return Limits(deadline: .seconds(30 + work + bytes / 100_000), stall: .seconds(30 + work))
        }

        /// For exports: two seconds for each image in which the device works in silence (interface E11).
        static func export(images: Int) -> Limits {
            let work = Duration.seconds(60 + 2 * images)
            return Limits(deadline: work, stall: work)
        }
    }

    /// How often a call may renew the session when others use it up meanwhile.
    private static let maximumRenewals = 3

    /// Sends a message within the session and returns what the device says, whatever its code.
    ///
    /// - Throws: ``DeviceError`` for the transport, the login and missing permission; `CancellationError`.
    func exchange(_ message: Message, _ body: HTTPRequest.Body, limits: Limits = .short) async throws -> Reply {
        try await withSession(message) { token in
            var request = HTTPRequest(.post, "\(address.base)/api/\(body.endpoint)", body: body)
            request.headers = [.init("sessionid", token.id)]
            request.deadline = limits.deadline
            request.stall = limits.stall
            request.mayRepeat = message.effect == .reads
            let response = try await send(request, message)
            if response.status == 401 { return .refused(-141, nil) }
            let reply = try reply(to: message, in: response)
            return reply.code == -141 || reply.code == -140 ? .refused(reply.code, reply) : .accepted(reply)
        }
    }

    /// Sends a message and throws for any code but 0.
    func success(_ message: Message, _ body: HTTPRequest.Body, limits: Limits = .short) async throws -> Reply {
        let reply = try await exchange(message, body, limits: limits)
        guard reply.code == 0 else { throw refusal(of: message, reply) }
        return reply
    }

    /// What a call came to within one session.
    enum Attempt<Value> {
        /// The session was taken.
        case accepted(Value)
        /// The session, or the user, was not: -141 or -140, and the reply if there was one.
        case refused(Int, Reply?)
    }

    /// Makes a call within the session, renewing it when the device has forgotten it.
    ///
    /// -141 means that nothing was carried out, so that even a write may be repeated. -140 means the same
    /// on some devices; from a fresh session it is a matter of permission (interface S6).
    func withSession<Value>(
        _ message: Message,
        _ attempt: (Session.Token) async throws -> Attempt<Value>
    ) async throws -> Value {
        var renewals = 0
        while true {
            let token = try await session.token { try await logInOnce() }
            let (code, reply): (Int, Reply?)
            switch try await attempt(token) {
            case .accepted(let value):
                session.accepted(token)
                return value
            case .refused(let refusedCode, let refusedReply): (code, reply) = (refusedCode, refusedReply)
            }
            if code == -140, session.isForbidden(message) { throw permissionRefusal(of: message, reply) }
            let wasAccepted = session.wasAccepted(token)
            let mayRenew = renewals == 0 ? code == -141 || wasAccepted : wasAccepted
            guard mayRenew, renewals < Self.maximumRenewals else {
                if code == -140 {
                    session.forbid(message)
                    throw permissionRefusal(of: message, reply)
                }
                session.invalidate(token)
                throw DeviceError(
                    .loginRefused,
                    "device \(name) took the login of user \(settings.user) but does not know its session at the next "
                        + "message; see whether somebody else logs in with the same user",
                    deviceCode: reply?.code
                )
            }
            renewals += 1
            logger.debug("the session ended", metadata: ["device": "\(name)", "msg_id": "\(message.id)"])
            session.invalidate(token)
        }
    }

    /// Sends a request and notes how long it took.
    func send(_ request: HTTPRequest, _ message: Message) async throws -> HTTPResponse {
        let start = ContinuousClock.now
        do {
            let response = try await client.send(request)
            log(message, "HTTP \(response.status)", since: start)
            return response
        } catch let error as TransportError {
            log(message, error.message, since: start)
            throw error.code == .certificate ? await certificateFailure(error) : failure(of: message, error)
        }
    }

    private func log(_ message: Message, _ answer: String, since start: ContinuousClock.Instant) {
        logger.debug(
            "message",
            metadata: [
                "device": "\(name)", "msg_id": "\(message.id)", "answer": "\(answer)",
                "ms": "\((ContinuousClock.now - start) / .milliseconds(1))",
            ]
        )
    }

    /// Reads the reply in a response, whatever its status says (interface G4).
    func reply(to message: Message, in response: HTTPResponse) throws(DeviceError) -> Reply {
        if response.status == 413 {
            throw DeviceError(
                .tooLarge,
                "device \(name) did not \(message.purpose): the request is too large (HTTP 413)"
            )
        }
        if let redirection = redirection(of: message, response) { throw redirection }
        do {
            let reply = try Reply(response.body)
            logger.debug("reply", metadata: ["msg_id": "\(message.id)", "code": "\(reply.code)"])
            return reply
        } catch {
            throw noReply(to: message, response, error)
        }
    }
}

extension HTTPRequest.Body {
    /// The last part of the API's path for this body.
    fileprivate var endpoint: String {
        if case .multipart = self { "form" } else { "json" }
    }

    /// A JSON message, as it is written.
    static func json(_ message: Message, _ write: (inout MessageWriter) -> Void = { _ in }) -> Self {
        var writer = MessageWriter(message)
        write(&writer)
        return writer.finish()
    }
}
