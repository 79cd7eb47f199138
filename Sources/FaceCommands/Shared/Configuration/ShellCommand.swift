// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// A line of shell that prints a password.
enum ShellCommand {
    /// Why a command gave nothing.
    struct Problem: Error {
        let text: String
    }

    /// Runs a command with `/bin/sh -c` and takes the first line it prints.
    ///
    /// What it writes to standard error is shown as it comes; standard input is this process's own, so
    /// that a password manager can ask. Blocks until the command ends.
    static func firstLine(of command: String) throws(Problem) -> String {
        guard let pipe = unsafe popen(command, "re") else { throw Problem(text: systemText(errno)) }
        var output: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 4096)
        while true {
            let count = unsafe chunk.withUnsafeMutableBytes { unsafe fread($0.baseAddress, 1, $0.count, pipe) }
            if count == 0 { break }
            if output.count < 65_536 { output += chunk[..<count] }
        }
        let status = unsafe pclose(pipe)
        guard status >= 0 else { throw Problem(text: systemText(errno)) }
        guard status & 0x7F == 0 else { throw Problem(text: "it was ended by signal \(status & 0x7F)") }
        guard status >> 8 == 0 else { throw Problem(text: "it ended with status \(status >> 8)") }
        let line = output.prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        return String(decoding: line, as: UTF8.self)
    }
}
