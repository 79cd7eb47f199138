// SPDX-License-Identifier: Apache-2.0
import FaceTransport
import Glibc
import Synchronization

extension HTTPDevice {
    /// Where downloads may lie (interface E1).
    private static let folders = ["ws/", ""]
    /// A download that begins like a JSON object and is not longer may be an error in disguise (interface S8).
    private static let longestError = HTTPResponse.beginning

    /// The bytes behind a path that a reply named, at most 64 MiB (interface E1).
    ///
    /// - Throws: ``DeviceError`` with ``DeviceError/Code/notFound``, with ``DeviceError/Code/malformedReply``
    ///   for a path that leads elsewhere, and for the transport and the login; `CancellationError`.
    public func download(_ path: String) async throws -> [UInt8] {
        try await find(path) { $0.deadline = .seconds(120) }.body
    }

    /// Writes the file behind a path that a reply named into a new file (0600, not synced), at most 16 GiB.
    ///
    /// - Returns: The file's length in bytes.
    /// - Throws: As ``download(_:)``, and ``DeviceError/Code/fileNotWritten``; no file is left then.
    public func download(_ path: String, to file: String) async throws -> Int {
        try await find(path) { request in
            request.file = file
            request.maximumResponseBytes = 16 << 30
            // 16 GiB at 2 MB a second; a connection on which nothing moves ends long before.
            request.deadline = .seconds(8192)
            request.stall = .seconds(60)
        }
        .byteCount
    }

    /// Looks for a file where downloads lie, first where the last one was.
    private func find(_ path: String, _ configure: (inout HTTPRequest) -> Void) async throws -> HTTPResponse {
        let message = Message(id: "GET", purpose: "deliver the file \(path)", effect: .reads)
        guard let relative = address.path(named: path) else {
            throw malformed(message, "a path that leads out of the device's files; it was not followed")
        }
        let known = downloadFolder.withLock { $0 }
        for folder in [known].compactMap({ $0 }) + Self.folders.filter({ $0 != known }) {
            var request = HTTPRequest(.get, "\(address.base)/\(folder)\(relative)")
            request.mayRepeat = true
            configure(&request)
            guard let response = try await fetch(request, message) else { continue }
            downloadFolder.withLock { $0 = folder }
            return response
        }
        throw DeviceError(.notFound, "device \(name) has no file \(path)")
    }

    /// What stands behind a URL, `nil` when there is nothing.
    private func fetch(_ request: HTTPRequest, _ message: Message) async throws -> HTTPResponse? {
        try await withSession(message) { token in
            var request = request
            request.headers = [.init("sessionid", token.id)]
            let response = try await send(request, message)
            switch response.status {
            case 200..<300:
                guard let reply = Self.disguisedError(in: response) else { return .accepted(response) }
                // What was taken for a file is none: nothing may be left of it.
                if let file = request.file { unsafe unlink(file) }
                return try attempt(message, reply)
            case 404: return .accepted(nil)
            case 401: return .refused(-141, nil)
            case 403: return .refused(-140, nil)
            default:
                throw redirection(of: message, response) ?? undelivered(message, response)
            }
        }
    }

    private func undelivered(_ message: Message, _ response: HTTPResponse) -> DeviceError {
        let code: DeviceError.Code = response.mayPass ? .unreachable : .malformedReply
        var error = DeviceError(code, "device \(name) did not \(message.purpose): HTTP \(response.status)")
        error.retryAfter = RetryAfter.wait(in: response.headers)
        return error
    }

    private static func disguisedError(in response: HTTPResponse) -> Reply? {
        guard response.body.first == UInt8(ascii: "{"), response.byteCount <= longestError,
            let reply = try? Reply(response.body), reply.code != 0
        else { return nil }
        return reply
    }

    private func attempt(_ message: Message, _ reply: Reply) throws -> Attempt<HTTPResponse?> {
        switch reply.code {
        case -141, -140: return .refused(reply.code, reply)
        case -105: return .accepted(nil)
        default: throw refusal(of: message, reply)
        }
    }
}
