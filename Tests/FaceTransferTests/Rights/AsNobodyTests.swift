// SPDX-License-Identifier: Apache-2.0
import ChildProcess
import Foundation
import Glibc
import Testing

/// Has the tests that root passes by run as the user nobody, in a process of their own.
@Suite(.timeLimit(.minutes(20)), .enabled(if: geteuid() == 0 && Nobody.canRun, "for root, where nobody may run this"))
struct AsNobodyTests {
    @Test func whatRootMayReadIsRefusedToNobody() throws {
        let (status, said) = try Nobody.run([
            Nobody.program, "--testing-library", "swift-testing", "--filter", "FaceTransferTests.RightsTests",
        ])
        try #require(status == 0, "\(said.suffix(20_000))")
        #expect(said.contains("Suite RightsTests passed"), "\(said.suffix(2_000))")
        #expect(!said.contains("skipped"), "\(said.suffix(2_000))")
    }
}

/// The user who may read no more than everybody may.
private enum Nobody {
    static let setpriv = "/usr/bin/setpriv"
    /// This very program.
    static let program = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""

    /// Whether there is the tool for it, and the program lies where nobody may read it.
    static let canRun = access(setpriv, X_OK) == 0 && (try? run(["/usr/bin/test", "-r", program]).status) == 0

    /// Runs a program as nobody, and gives what it ended with and said.
    static func run(_ words: [String]) throws -> (status: Int32, said: String) {
        let child = ChildProcess()
        child.executableURL = URL(filePath: setpriv)
        child.arguments = ["--reuid=65534", "--regid=65534", "--clear-groups"] + words
        var environment = ProcessInfo.processInfo.environment
        environment["HOME"] = "/nonexistent"
        environment["TMPDIR"] = "/tmp"
        child.environment = environment
        let pipe = Pipe()
        child.standardOutput = pipe
        child.standardError = pipe
        try child.run()
        let said = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        child.waitUntilExit()
        return (child.terminationStatus, said)
    }
}
