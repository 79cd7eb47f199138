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
        keepMemory()
        // A reader that goes away is an error of the write, not the end of the process.
        signal(SIGPIPE, SIG_IGN)
        let arguments = Array(CommandLine.arguments.dropFirst())
        let context = CommandContext.process()
        exit(await run(arguments, in: context))
    }

    /// Has the C library use the memory of photos and of request bodies again for the next ones, from two pools however
    /// many threads there are, and give back what is much larger (docs/decisions/0010-memory.md).
    private static func keepMemory() {
        mallopt(M_ARENA_MAX, 2)
        mallopt(M_MMAP_THRESHOLD, 8 << 20)
        mallopt(M_TRIM_THRESHOLD, 32 << 20)
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
