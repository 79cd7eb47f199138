// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// What a person types: the terminal, or a test's own.
public struct TypedInput: Sendable {
    /// Whether there is a person to ask.
    public var isTerminal: Bool
    /// Reads one line without its end, `nil` at the end of input; throws `CancellationError` when cancelled.
    public var line: @Sendable () async throws -> String?

    /// Makes an input.
    ///
    /// - Parameters:
    ///   - isTerminal: Whether there is a person to ask.
    ///   - line: Reads one line.
    public init(isTerminal: Bool, line: @escaping @Sendable () async throws -> String?) {
        self.isTerminal = isTerminal
        self.line = line
    }

    /// An open file descriptor of this process.
    ///
    /// - Parameter descriptor: The descriptor; it is not closed.
    /// - Returns: An input that reads from it.
    public static func descriptor(_ descriptor: Int32) -> Self {
        Self(
            isTerminal: isatty(descriptor) == 1,
            line: {
                // A plain read would not notice the cancellation that Ctrl-C causes.
                var ready = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
                while unsafe poll(&ready, 1, 100) <= 0 { try Task.checkCancellation() }
                var bytes = [UInt8](repeating: 0, count: 1024)
                let count = unsafe bytes.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
                guard count > 0 else { return nil }
                return String(decoding: bytes[..<count].prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)
            }
        )
    }
}
