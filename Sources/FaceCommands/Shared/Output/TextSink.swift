// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Where text goes: a stream of this process, or a test's own.
public struct TextSink: Sendable {
    /// Whether a person sees the text as it comes.
    public var isTerminal: Bool
    /// How many columns the terminal has at this moment, `nil` when unknown.
    public var columns: @Sendable () -> Int?
    /// Writes text as it is; throws ``OutputClosed`` when nobody reads any more.
    public var write: @Sendable (String) throws -> Void

    /// Makes a sink.
    ///
    /// - Parameters:
    ///   - isTerminal: Whether a person sees the text as it comes.
    ///   - columns: How many columns the terminal has.
    ///   - write: Writes text.
    public init(
        isTerminal: Bool,
        columns: @escaping @Sendable () -> Int? = { nil },
        write: @escaping @Sendable (String) throws -> Void
    ) {
        self.isTerminal = isTerminal
        self.columns = columns
        self.write = write
    }

    /// An open file descriptor of this process, written without a buffer.
    ///
    /// - Parameter descriptor: The descriptor; it is not closed.
    /// - Returns: A sink that writes to it.
    public static func descriptor(_ descriptor: Int32) -> Self {
        Self(
            isTerminal: isatty(descriptor) == 1,
            columns: {
                var size = winsize()
                guard unsafe ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return nil }
                return Int(size.ws_col)
            },
            write: { try writeAll($0, to: descriptor) }
        )
    }

    private static func writeAll(_ text: String, to descriptor: Int32) throws {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written >= 0 {
                rest = rest.dropFirst(written)
            } else if errno == EPIPE {
                throw OutputClosed()
            } else if errno != EINTR {
                throw CommandError.failed("The output could not be written: \(systemText(errno)).")
            }
        }
    }
}

/// Nobody reads standard output any more, as after `| head`; no fault.
public struct OutputClosed: ExitStatusProviding {
    /// A reader who has seen enough is not an error.
    public var exitStatus: ExitStatus { .success }

    /// Makes the error.
    public init() {}
}

/// The system's own words for an error number.
func systemText(_ code: Int32) -> String {
    unsafe String(cString: strerror(code))
}
