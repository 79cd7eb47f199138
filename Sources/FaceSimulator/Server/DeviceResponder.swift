// SPDX-License-Identifier: Apache-2.0
import HTTPTypes
import Hummingbird
import NIOCore

/// The device's interface as HTTP: routes, bodies, statuses, and the faults of the wire.
struct DeviceResponder: HTTPResponder {
    private enum Route {
        case api(Endpoint)
        case download(String)
        case unknown
    }

    let appliance: Appliance
    let bodyLimit: Int
    private let turnstile = Turnstile()
    private let downloads: Downloads
    private let encoder: ReplyEncoder

    init(appliance: Appliance, bodyLimit: Int) {
        self.appliance = appliance
        self.bodyLimit = appliance.quirks.bodyLimit(default: bodyLimit)
        downloads = Downloads(appliance: appliance)
        encoder = ReplyEncoder(quirks: appliance.quirks)
    }

    func respond(to request: Request, context: DeviceContext) async throws -> Response {
        switch route(request.uri.path) {
        case .unknown: return Response(status: .notFound)
        case .download(let path):
            guard request.method == .get else { return Response(status: .methodNotAllowed) }
            return try await downloads.respond(path, to: request, context: context)
        case .api(let endpoint):
            guard request.method == .post else { return Response(status: .methodNotAllowed) }
            return try await answer(endpoint, request, context)
        }
    }

    private func route(_ path: String) -> Route {
        switch path {
        case "/api/json": return .api(.json)
        case "/api/form": return .api(.form)
        case "/form" where appliance.quirks[.formAlias]: return .api(.form)
        default:
            if appliance.quirks[.downloadRoot] { return .download(path) }
            return path.hasPrefix("/ws/") ? .download(String(path.dropFirst(4))) : .unknown
        }
    }

    private func answer(_ endpoint: Endpoint, _ request: Request, _ context: DeviceContext) async throws -> Response {
        let quirks = appliance.quirks
        if appliance.counters.countRequest(failsEvery: quirks.number(.http500)) {
            return Response(status: .internalServerError)
        }
        if quirks[.serialise] { await turnstile.enter() }
        defer { if quirks[.serialise] { turnstile.leave() } }
        do {
            let answer = try await answer(endpoint, request)
            if let delay = quirks.number(.slow) { try await Task.sleep(for: .milliseconds(delay)) }
            if answer.isLost { return cut(context) }
            return response(answer.reply, context)
        } catch BodyFailure.tooLarge {
            return quirks.hasOption(.maxBody) ? cut(context) : Response(status: .contentTooLarge)
        }
    }

    /// Reads the body and has the appliance answer it.
    private func answer(_ endpoint: Endpoint, _ request: Request) async throws -> Appliance.Answer {
        let length = request.headers[.contentLength].flatMap { Int($0) }
        if let length, length > bodyLimit { throw BodyFailure.tooLarge }
        let sessionID = request.headers[Self.sessionHeader]
        switch endpoint {
        case .json:
            let body = try await collect(request.body, promised: length ?? 0)
            do {
                var call = try Call(json: body, sessionID: sessionID, quirks: appliance.quirks)
                call.host = request.head.authority
                return await appliance.answer(call)
            } catch {
                return Appliance.Answer(reply: .failure(error))
            }
        case .form:
            guard let boundary = MultipartBoundary.read(request.headers[.contentType]) else {
                return Appliance.Answer(reply: .failure(DeviceFault(.parameter)))
            }
            var reader = FormReader(latin1: appliance.quirks[.multipartLatin1], byteLimit: bodyLimit)
            do {
                let form = try await reader.read(request.body, boundary: boundary)
                return await appliance.answer(Call(form: form, sessionID: sessionID, quirks: appliance.quirks))
            } catch BodyFailure.malformed {
                return Appliance.Answer(reply: .failure(DeviceFault(.parameter)))
            }
        }
    }

    /// The whole body, in a room that is made once when its length was promised.
    private func collect(_ body: RequestBody, promised: Int) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(promised)
        for try await buffer in body {
            guard bytes.count + buffer.readableBytes <= bodyLimit else { throw BodyFailure.tooLarge }
            bytes.append(contentsOf: buffer.readableBytesView)
        }
        return bytes
    }

    /// The reply as JSON, or what bad weather leaves of it (G15).
    private func response(_ reply: Reply, _ context: DeviceContext) -> Response {
        var bytes = encoder.encode(reply)
        let quirks = appliance.quirks
        let number = appliance.counters.countReply()
        if number == quirks.number(.badJSON) { bytes.insert(UInt8(ascii: ","), at: bytes.count - 1) }
        let isCut = number == quirks.number(.truncated)
        return Response(
            status: .init(code: encoder.status(reply)),
            headers: [.contentType: quirks.replyContentType],
            body: isCut ? CutBody.half(bytes, of: context.channel) : ResponseBody(byteBuffer: ByteBuffer(bytes: bytes))
        )
    }

    /// Closes the connection without an answer; the response that must be returned goes nowhere.
    private func cut(_ context: DeviceContext) -> Response {
        context.channel.close(promise: nil)
        return Response(status: .internalServerError)
    }

    static let sessionHeader = HTTPField.Name("sessionid") ?? .authorization
}
