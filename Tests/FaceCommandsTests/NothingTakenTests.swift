// SPDX-License-Identifier: Apache-2.0
import FaceCommands
import FaceDevice
import FaceModel
import Foundation
import Testing

/// A source in which there is nothing is never a success: a wrong path and an unmounted disk look like that.
@Suite(.timeLimit(.minutes(20))) struct NothingTakenTests {
    @Test(arguments: [
        "check @/empty", "check @/notes", "check @/none.zip", "check @/none.csv", "import @/empty hq:Staff",
        "import @/none.zip hq:Staff", "mirror @/empty hq:Staff", "mirror @/notes hq:Staff",
    ])
    func aSourceWithoutAnythingEndsWithOneSentenceAndStatusOne(_ line: String) async throws {
        let harness = try CommandHarness()
        try harness.configure("hq")
        harness.devices.add("hq").with { state in
            state.libraries = [
                DeviceLibrary(id: 1, name: "Staff", type: .whitelist, portraitCount: 0, updateTime: "")
            ]
            state.portraits = [1: []]
        }
        for folder in ["empty", "notes"] {
            let path = harness.folder + "/" + folder
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        }
        try harness.write("hello", to: "notes/notes.txt")
        try harness.write("photo,img_id,name\n", to: "none.csv")
        try harness.write("PK\u{5}\u{6}" + String(repeating: "\u{0}", count: 18), to: "none.zip")
        let words = line.split(separator: " ").map { String($0).replacing("@", with: harness.folder) }
        let result = await harness.run(words + ["--state", harness.folder + "/state"])
        #expect(result.status == 1, "\(result)")
        #expect(result.errors.contains("has no photo and no row that could be taken"), "\(result.errors)")
        #expect(result.errors.contains("notes.txt") == line.contains("notes"))
    }
}
