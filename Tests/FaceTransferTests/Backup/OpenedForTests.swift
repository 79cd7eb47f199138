// SPDX-License-Identifier: Apache-2.0
import ChildProcess
import FaceModel
import Foundation

@testable import FaceRepository
@testable import FaceTransfer

/// An archive of a repository as 7-Zip sees it.
struct OpenedForTests {
    private let path: String
    private let passphrase: String

    init(_ path: String, _ repository: Repository) throws {
        self.path = path
        passphrase = repository.archivePassphrase.revealed
    }

    /// Names and contents of all entries.
    func contents() throws -> [(String, [UInt8])] {
        let folder = NSTemporaryDirectory() + "opened-" + UUID().uuidString
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let program = ChildProcess()
        program.executableURL = URL(fileURLWithPath: "/usr/bin/7z")
        program.arguments = ["x", "-y", "-bso0", "-bsp0", "-p" + passphrase, "-o" + folder, path]
        try program.run()
        program.waitUntilExit()
        guard program.terminationStatus == 0 else { throw Failure(text: "7z ended with \(program.terminationStatus)") }
        return try FileManager.default.subpathsOfDirectory(atPath: folder).map { name in
            (name, Array(try Data(contentsOf: URL(fileURLWithPath: folder + "/" + name))))
        }
    }

    struct Failure: Error { let text: String }
}
