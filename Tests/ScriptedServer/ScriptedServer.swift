// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc
import Synchronization

/// An HTTP/1.1 server for tests that answers as it is told and remembers what it was asked.
///
/// One thread for each connection, blocking sockets, loopback only.
public final class ScriptedServer: Sendable {
    /// A request as it came.
    public struct Request: Sendable {
        /// The method.
        public var method: String
        /// The path as sent.
        public var path: String
        /// The headers, names in lower case.
        public var headers: [String: String]
        /// The body.
        public var body: [UInt8]
        /// Which accepted connection it came on, from 1.
        public var connection: Int
        /// The body as text.
        public var text: String { String(decoding: body, as: UTF8.self) }
    }

    /// What to do with a request.
    public indirect enum Action: Sendable {
        /// Answers and keeps the connection.
        case reply(status: Int = 200, [UInt8])
        /// Writes bytes as they are and closes the connection.
        case raw([UInt8])
        /// Closes the connection without an answer.
        case hangUp
        /// Waits, then does something else.
        case wait(Duration, then: Action)

        /// Answers with a text.
        public static func text(_ text: String, status: Int = 200) -> Action {
            .reply(status: status, Array(text.utf8))
        }
    }

    private struct State {
        var requests: [Request] = []
        var sockets: Set<CInt> = []
        var connections = 0
        var isStopped = false
    }

    private let state = Mutex(State())
    private let listener: CInt
    private let bodyLimit: Int
    private let respond: @Sendable (Request) -> Action
    /// The port it listens on.
    public let port: Int
    /// Its address, without a slash at the end.
    public var url: String { "http://127.0.0.1:\(port)" }
    /// What it was asked so far.
    public var requests: [Request] { state.withLock { $0.requests } }
    /// How many connections it accepted so far.
    public var connectionCount: Int { state.withLock { $0.connections } }

    /// Starts a server on a free port.
    ///
    /// - Parameters:
    ///   - bodyLimit: A request that announces a larger body is answered before its body is read, and cut off.
    ///   - respond: What to do with a request.
    /// - Throws: `POSIXError` when there is no free port.
    public init(bodyLimit: Int = .max, _ respond: @escaping @Sendable (Request) -> Action) throws {
        self.bodyLimit = bodyLimit
        self.respond = respond
        listener = socket(AF_INET, CInt(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let listener = listener
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(listener, address, length) | listen(listener, 64) | getsockname(listener, address, &length)
            }
        }
        guard status == 0 else { throw POSIXError(.EADDRNOTAVAIL) }
        port = Int(UInt16(bigEndian: address.sin_port))
        Thread.detachNewThread { [weak self] in
            while true {
                let accepted = accept(listener, nil, nil)
                guard accepted >= 0, let self, self.open(accepted) else { return }
            }
        }
    }

    deinit { stop() }

    /// Stops listening and cuts all connections.
    public func stop() {
        state.withLock { state in
            guard !state.isStopped else { return }
            state.isStopped = true
            for socket in state.sockets { shutdown(socket, CInt(SHUT_RDWR)) }
            shutdown(listener, CInt(SHUT_RDWR))
            close(listener)
        }
    }

    private func open(_ socket: CInt) -> Bool {
        let number = state.withLock { state -> Int? in
            guard !state.isStopped else { return nil }
            state.sockets.insert(socket)
            state.connections += 1
            return state.connections
        }
        guard let number else {
            close(socket)
            return false
        }
        Thread.detachNewThread { [weak self] in
            var buffer: [UInt8] = []
            while let self, self.serve(socket, number, &buffer) {}
            self?.state.withLock { _ = $0.sockets.remove(socket) }
            close(socket)
        }
        return true
    }

    /// Serves one request; returns whether the connection stays.
    private func serve(_ socket: CInt, _ number: Int, _ buffer: inout [UInt8]) -> Bool {
        let end = Array("\r\n\r\n".utf8)
        while buffer.firstRange(of: end) == nil {
            guard Self.receive(socket, &buffer) else { return false }
        }
        guard let head = buffer.firstRange(of: end) else { return false }
        let lines = String(decoding: buffer[..<head.lowerBound], as: UTF8.self).components(separatedBy: "\r\n")
        let words = lines[0].split(separator: " ").map(String.init)
        var headers: [String: String] = [:]
        for line in lines.dropFirst() {
            guard let colon = line.firstIndex(of: ":") else { continue }
            headers[line[..<colon].lowercased()] = line[line.index(after: colon)...].trimmingCharacters(
                in: .whitespaces
            )
        }
        let length = Int(headers["content-length"] ?? "0") ?? 0
        var request = Request(method: words[0], path: words[1], headers: headers, body: [], connection: number)
        guard length <= bodyLimit else {
            state.withLock { $0.requests.append(request) }
            _ = act(respond(request), socket)
            return false
        }
        while buffer.count < head.upperBound + length {
            guard Self.receive(socket, &buffer) else { return false }
        }
        request.body = Array(buffer[head.upperBound..<(head.upperBound + length)])
        buffer.removeFirst(head.upperBound + length)
        state.withLock { $0.requests.append(request) }
        return act(respond(request), socket)
    }

    private func act(_ action: Action, _ socket: CInt) -> Bool {
        switch action {
        case .reply(let status, let body):
            let head = "HTTP/1.1 \(status) Scripted\r\nContent-Length: \(body.count)\r\n\r\n"
            return Self.send(socket, Array(head.utf8) + body)
        case .raw(let bytes):
            _ = Self.send(socket, bytes)
            return false
        case .hangUp: return false
        case .wait(let duration, let next):
            Thread.sleep(forTimeInterval: duration / .seconds(1))
            return act(next, socket)
        }
    }

    private static func receive(_ socket: CInt, _ buffer: inout [UInt8]) -> Bool {
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        let count = recv(socket, &chunk, chunk.count, 0)
        guard count > 0 else { return false }
        buffer.append(contentsOf: chunk[..<count])
        return true
    }

    private static func send(_ socket: CInt, _ bytes: [UInt8]) -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(socket, $0.baseAddress?.advanced(by: sent), bytes.count - sent, CInt(MSG_NOSIGNAL))
            }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }
}
