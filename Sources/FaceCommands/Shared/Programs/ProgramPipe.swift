// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// A pipe to or from a program; whoever makes one closes it.
///
/// A ``StartedProgram`` inherits neither end, apart from the one that is a stream of it. That one is closed here once
/// the program runs: while it is open in two places, the pipe does not end with the program.
final class ProgramPipe {
    private(set) var reading: Int32
    private(set) var writing: Int32

    /// Makes a pipe.
    init() throws(StartedProgram.Problem) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw StartedProgram.Problem(text: systemText(errno)) }
        (reading, writing) = (ends[0], ends[1])
    }

    /// Waits for bytes and reads some.
    ///
    /// - Returns: At most 4096 bytes; none at the end, or when the pipe broke.
    func read() -> ArraySlice<UInt8> {
        var chunk = [UInt8](repeating: 0, count: 4096)
        var count: Int
        repeat {
            count = unsafe chunk.withUnsafeMutableBytes { unsafe Glibc.read(reading, $0.baseAddress, $0.count) }
        } while count < 0 && errno == EINTR
        return chunk[..<max(0, count)]
    }

    /// Whether ``read()`` would answer at once.
    var isReadable: Bool {
        var status = pollfd(fd: reading, events: Int16(POLLIN), revents: 0)
        return unsafe poll(&status, 1, 0) > 0
    }

    /// Closes the end that a program reads.
    func closeReading() { Self.close(&reading) }

    /// Closes the end that a program writes.
    func closeWriting() { Self.close(&writing) }

    /// Closes what is open still.
    func close() {
        closeReading()
        closeWriting()
    }

    private static func close(_ end: inout Int32) {
        if end >= 0 { _ = Glibc.close(end) }
        end = -1
    }
}
