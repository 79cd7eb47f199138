// SPDX-License-Identifier: Apache-2.0
import NIOCore
import NIOPosix

/// A client that speaks just enough HTTP to see what the server sends, byte for byte.
struct WireClient: Sendable {
    struct Reply: Sendable {
        var status: Int
        var head: String
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// The connection ended before a whole reply came.
    struct NoReply: Error {}

    let port: Int

    init(url: String) throws {
        guard let port = url.split(separator: ":").last.flatMap({ Int($0) }) else { throw NoReply() }
        self.port = port
    }

    /// Sends one request on a connection of its own.
    func send(_ method: String, _ path: String, headers: [String] = [], body: [UInt8] = []) async throws -> Reply {
        let lines =
            ["\(method) \(path) HTTP/1.1", "Host: x", "Connection: close", "Content-Length: \(body.count)"] + headers
        let request = Array((lines.joined(separator: "\r\n") + "\r\n\r\n").utf8) + body
        let channel = try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .connect(host: "127.0.0.1", port: port) { channel in
                channel.eventLoop.makeCompletedFuture {
                    try NIOAsyncChannel<ByteBuffer, ByteBuffer>(wrappingChannelSynchronously: channel)
                }
            }
        let received = try await channel.executeThenClose { inbound, outbound in
            try await outbound.write(ByteBuffer(bytes: request))
            var received: [UInt8] = []
            do {
                for try await buffer in inbound { received += Array(buffer: buffer) }
            } catch is IOError {
                // A reset is one of the ways in which a connection is cut; what came before it counts.
            }
            return received
        }
        return try Self.reply(received)
    }

    /// Sends a JSON message.
    func json(_ body: String, session: String = "") async throws -> Reply {
        try await send(
            "POST",
            "/api/json",
            headers: ["Content-Type: application/json", "sessionid: \(session)"],
            body: Array(body.utf8)
        )
    }

    private static func reply(_ bytes: [UInt8]) throws -> Reply {
        guard let end = bytes.indices.first(where: { bytes[$0...].starts(with: [13, 10, 13, 10]) }) else {
            throw NoReply()
        }
        let head = String(decoding: bytes[..<end], as: UTF8.self)
        let words = head.split(separator: " ")
        guard words.count > 1, let status = Int(words[1]) else { throw NoReply() }
        return Reply(status: status, head: head, body: Array(bytes[(end + 4)...]))
    }
}
