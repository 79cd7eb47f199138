// SPDX-License-Identifier: Apache-2.0

/// One HTTP request with its own limits of time and size.
public struct HTTPRequest: Sendable {
    /// How the request is made.
    public enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
    }

    /// What the request carries.
    public enum Body: Sendable {
        /// Nothing.
        case none
        /// Bytes of one type, in segments.
        case segments([BodySegment], contentType: String)
        /// A form (`multipart/form-data`), its parts in this order.
        case multipart([MultipartPart])

        /// Bytes of one type.
        public static func bytes(_ bytes: [UInt8], contentType: String) -> Body {
            .segments([.plain(bytes)], contentType: contentType)
        }
    }

    /// One header line.
    public struct Header: Sendable, Hashable {
        /// The name without the colon.
        public var name: String
        /// The value; control characters are refused when the request is sent.
        public var value: String

        /// Takes a header line.
        ///
        /// - Parameters:
        ///   - name: The name.
        ///   - value: The value.
        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// How the request is made.
    public var method: Method
    /// The absolute URL, `http` or `https`; its path is sent as it is.
    public var url: String
    /// Headers beside those that belong to the body.
    public var headers: [Header] = []
    /// What the request carries.
    public var body: Body
    /// The longest time to connect, TLS included.
    public var connectTimeout: Duration = .seconds(10)
    /// The longest time for the whole exchange, counted from when it gets a connection's slot.
    public var deadline: Duration = .seconds(30)
    /// The longest time without a byte in either direction, in whole seconds.
    public var stall: Duration = .seconds(30)
    /// The largest response that is taken.
    public var maximumResponseBytes = 64 << 20
    /// The path of a new file for the body of an answer with a status of 200 to 299; without one it is kept in memory.
    ///
    /// The file is created before anything is sent (0600, never through a link, not over another file) and
    /// stays only when ``HTTPClient/send(_:)`` returns such an answer. It is not synced.
    public var file: String?
    /// Whether the request may be sent a second time when a kept connection turns out to be dead.
    ///
    /// Part of it may have left by then: right for reading, never for a write. What may not be repeated leaves on a new
    /// connection until the server has shown that it keeps connections.
    public var mayRepeat = false
    /// Whether cancelling the task ends the exchange; `false` only for a short goodbye.
    public var isCancellable = true

    /// Makes a request with the default limits.
    ///
    /// - Parameters:
    ///   - method: How the request is made.
    ///   - url: The absolute URL.
    ///   - body: What the request carries.
    public init(_ method: Method, _ url: String, body: Body = .none) {
        self.method = method
        self.url = url
        self.body = body
    }
}

/// A part of a body; its bytes are sent from where they are, without a copy.
public enum BodySegment: Sendable {
    /// Bytes as they are.
    case plain([UInt8])
    /// Bytes that are sent in base64, encoded while they leave.
    case base64([UInt8])

    /// How many bytes leave.
    var count: Int {
        switch self {
        case .plain(let bytes): bytes.count
        case .base64(let bytes): Base64.encodedCount(of: bytes.count)
        }
    }

    /// Writes what leaves from `offset` on, as much of it as there is room for.
    ///
    /// - Returns: How many bytes were written.
    func write(from offset: Int, into room: UnsafeMutableRawBufferPointer) -> Int {
        switch self {
        case .plain(let bytes):
            bytes.withUnsafeBytes { bytes in
                let part = bytes[offset...].prefix(room.count)
                room.copyMemory(from: UnsafeRawBufferPointer(rebasing: part))
                return part.count
            }
        case .base64(let bytes):
            bytes.withUnsafeBytes { Base64.encode($0, from: offset, into: room) }
        }
    }
}

/// One part of a form.
public struct MultipartPart: Sendable {
    /// What a part holds.
    public enum Content: Sendable {
        /// A value.
        case text(String)
        /// A file with its name, sent as raw UTF-8, and its type.
        case file(name: String, contentType: String, bytes: [UInt8])
    }

    /// The part's name.
    public var name: String
    /// What it holds.
    public var content: Content

    /// Makes a part.
    ///
    /// - Parameters:
    ///   - name: The part's name.
    ///   - content: What it holds.
    public init(_ name: String, _ content: Content) {
        self.name = name
        self.content = content
    }
}

/// What a server answered.
public struct HTTPResponse: Sendable {
    /// The HTTP status.
    public var status: Int
    /// The body, unpacked where it came in gzip or the like; of one that went to a file, its first ``beginning`` bytes.
    public var body: [UInt8]
    /// How many bytes the whole body has, unpacked.
    public var byteCount: Int
    /// The headers, their names in lower case.
    public var headers: [String: String]

    /// How many bytes of a body that goes to a file are also kept in memory.
    public static let beginning = 4096

    /// Collects an answer.
    ///
    /// - Parameters:
    ///   - status: The HTTP status.
    ///   - body: The body, or the beginning of one that went to a file.
    ///   - byteCount: How many bytes the whole body has.
    ///   - headers: The headers, their names in lower case.
    public init(status: Int, body: [UInt8], byteCount: Int, headers: [String: String] = [:]) {
        self.status = status
        self.body = body
        self.byteCount = byteCount
        self.headers = headers
    }
}
