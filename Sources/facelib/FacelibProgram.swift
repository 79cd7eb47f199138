// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Dispatch
internal import FaceCommands
internal import Glibc

/// The program: the command line under the signals of a process.
@main
enum FacelibProgram {
    /// How a run that a signal ended exits.
    private static let interrupted: Int32 = 130

    static func main() async {
        // Photos and request bodies go back to the system when they are done with; otherwise glibc would keep
        // them for later in pools that grow with the number of threads (docs/decisions/0010-memory.md).
        _ = mallopt(M_MMAP_THRESHOLD, 128 << 10)
        // A reader that goes away is an error of the write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        let arguments = Array(CommandLine.arguments.dropFirst())
        let context = CommandContext.process()
        exit(await run(arguments, in: context))
    }

    /// Runs the command line; the first signal cancels it, the second interrupt ends the process at once.
    private static func run(_ arguments: [String], in context: CommandContext) async -> Int32 {
        let (signals, continuation) = AsyncStream.makeStream(of: Int32.self)
        let sources = [SIGINT, SIGTERM].map { number in
            signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global(qos: .userInteractive))
            let seen = SignalCount()
            source.setEventHandler {
                if seen.next() > 1 { _exit(interrupted) }
                continuation.yield(number)
            }
            source.resume()
            return source
        }
        defer { for source in sources { source.cancel() } }
        return await withTaskGroup(of: Int32?.self) { group in
            group.addTask { await FacelibMain.run(arguments, in: context) }
            group.addTask {
                for await _ in signals { break }
                return nil
            }
            var status = interrupted
            while let ended = await group.next() {
                if let ended { status = ended }
                group.cancelAll()
            }
            return status
        }
    }
}
