// SPDX-License-Identifier: Apache-2.0
import ChildProcess
import FaceDevice
import FaceModel
import Foundation
import Testing

/// The archives that tests are given are archives to others, too.
@Suite struct StoredZipTests {
    @Test func anotherProgramReadsTheArchiveOfAnExport() async throws {
        let device = InMemoryDevice()
        let id = try PortraitID("E-1")
        await device.place(id, PersonAttributes(name: "张 \"Q\"", gender: .female), Array("picture".utf8))
        let reply = try await device.exportPortraits([id], in: InMemoryDevice.libraryID)
        let folder = FileManager.default.temporaryDirectory.appending(path: "stored-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        _ = try await device.download(reply.path, to: folder.appending(path: "a.zip").path)
        let script = #"""
            import sys, zipfile
            z = zipfile.ZipFile(sys.argv[1])
            assert z.testzip() is None
            assert z.namelist() == ['张 "Q"_E-1_#_0_#_#.jpg', 'face.csv'], z.namelist()
            assert z.read(z.namelist()[0]) == b'picture'
            assert z.read('face.csv').decode().splitlines()[1].endswith('"E-1","张 ""Q""","","0","",""')
            """#
        let python = ChildProcess()
        python.executableURL = URL(fileURLWithPath: "/usr/bin/python3")
        python.arguments = ["-c", script, folder.appending(path: "a.zip").path]
        try python.run()
        python.waitUntilExit()
        #expect(python.terminationStatus == 0)
    }
}
