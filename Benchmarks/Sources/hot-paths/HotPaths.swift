// SPDX-License-Identifier: Apache-2.0
import Dispatch
import Foundation

/// Walks one of six hot paths so many times, so that its instructions can be counted.
///
/// `hot-paths NAME ITERATIONS [FILE…]`: all data is made in memory with fixed seeds, or comes from the files; nothing
/// depends on the time. Prints nothing, except what `header-probe` measures on files.
@main
enum HotPaths {
    private static let usage = """
        usage: hot-paths NAME ITERATIONS [FILE…]
          header-probe [FILE…]  the header of a JPEG of 4 MB; of files, prints the seconds a file
          judge FILE            preparing a photo that fits
          convert FILE          preparing a photo that is too large
          base64                an image of 200 KB into the body of a request
          unzip                 an image of 200 KB out of an encrypted zip
          ledger                128 rows of an import

        """

    static func main() {
        let words = Array(CommandLine.arguments.dropFirst())
        // An asynchronous main waits in a call that Debian's valgrind breaks down at.
        let end = DispatchSemaphore(value: 0)
        Task.detached {
            do {
                try await walk(words)
            } catch {
                complain("hot-paths: \(error)\n", status: 1)
            }
            end.signal()
        }
        end.wait()
    }

    private static func walk(_ words: [String]) async throws {
        guard words.count >= 2, let iterations = Int(words[1]), iterations > 0,
            let path = try await path(words[0], files: Array(words.dropFirst(2)))
        else { return complain(usage, status: 64) }
        for _ in 0..<iterations { try await path.walk() }
        if let answer = path.answer { print(answer) }
    }

    private static func complain(_ words: String, status: Int32) {
        FileHandle.standardError.write(Data(words.utf8))
        exit(status)
    }

    private static func path(_ name: String, files: [String]) async throws -> (any HotPath)? {
        switch (name, files.count) {
        case ("header-probe", 0): HeaderProbing()
        case ("header-probe", _): FileProbing(files)
        case ("judge", 1): try PhotoPreparing(files[0], fits: true)
        case ("convert", 1): try PhotoPreparing(files[0], fits: false)
        case ("base64", 0): Base64Encoding()
        case ("unzip", 0): try Unzipping()
        case ("ledger", 0): try await LedgerKeeping()
        default: nil
        }
    }
}
