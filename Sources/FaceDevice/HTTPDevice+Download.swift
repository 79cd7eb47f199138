// SPDX-License-Identifier: Apache-2.0
import FaceTransport
import Synchronization

extension HTTPDevice {
    /// Where downloads may lie (interface E1).
    private static let folders = ["ws/", ""]
    /// A download that begins like a JSON object and is not longer may be an error in disguise (interface S8).
    private static let longestError = 4096

    /// The bytes behind a path that a reply named, at most 64 MiB (interface E1).
    ///
    /// - Throws: ``DeviceError`` with ``DeviceError/Code/notFound``, with ``DeviceError/Code/malformedReply``
    ///   for a path that leads elsewhere, and for the transport and the login; `CancellationError`.
    public func download(_ path: String) async throws -> [UInt8] {
        let message = Message(id: "GET", purpose: "deliver the file \(path)", effect: .reads)
        guard let relative = address.path(named: path) else {
            throw malformed(message, "a path that leads out of the device's files; it was not followed")
        }
        let known = downloadFolder.withLock { $0 }
        for folder in [known].compactMap({ $0 }) + Self.folders.filter({ $0 != known }) {
            guard let bytes = try await fetch("\(address.base)/\(folder)\(relative)", message) else { continue }
            downloadFolder.withLock { $0 = folder }
            return bytes
        }
        throw DeviceError(.notFound, "device \(name) has no file \(path)")
    }

    /// The bytes at a URL, `nil` when there are none.
    private func fetch(_ url: String, _ message: Message) async throws -> [UInt8]? {
        try await withSession(message) { token in
            var request = HTTPRequest(.get, url)
            request.headers = [.init("sessionid", token.id)]
            request.deadline = .seconds(120)
            request.mayRepeat = true
            let response = try await send(request, message)
            switch response.status {
            case 200..<300: return try body(of: response, message)
            case 404: return .accepted(nil)
            case 401: return .refused(-141, nil)
            case 403: return .refused(-140, nil)
            default:
                throw DeviceError(
                    .unreachable,
                    "device \(name) did not \(message.purpose): HTTP \(response.status)"
                )
            }
        }
    }

    private func body(of response: HTTPResponse, _ message: Message) throws -> Attempt<[UInt8]?> {
        guard response.body.first == UInt8(ascii: "{"), response.body.count <= Self.longestError,
            let reply = try? Reply(response.body), reply.code != 0
        else { return .accepted(response.body) }
        switch reply.code {
        case -141, -140: return .refused(reply.code, reply)
        case -105: return .accepted(nil)
        default: throw refusal(of: message, reply)
        }
    }
}
