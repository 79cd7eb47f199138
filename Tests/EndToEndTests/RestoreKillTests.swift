// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Restores that are killed while some libraries of the device did not have their turn.
@Suite(.serialized, .timeLimit(.minutes(20))) struct RestoreKillTests {
    /// After how many writing calls the new device dies: in the first library, and in the second of three.
    @Test(arguments: [1, 4, 7]) func allLibrariesOfADeviceAreRestoredByResume(writes: Int) async throws {
        try await BackupPlace.with(["hq", "new"], quirks: ["new": ["slow=20"]], flags: ["--cameras", "3"]) { place in
            let photos = try await LargePhotos(3, in: place.folder.appending(path: "photos"))
            for (number, library) in ["Staff", "Guests", "Visitors"].enumerated() {
                let people = try (0..<3).map { try photos.person($0, id: "P-\(number)\($0)") }
                try await place.store(people, at: "hq", library)
            }
            try await place.call("hq", 515, ["channel": 2, "lib_ids": "1,3"])
            let original = try await place.state("hq")
            try await place.opened("backup create hq: repo")
            let first = try place.opening("backup restore repo new: --rebind-cameras --yes")
            while first.process.isRunning {
                let state = try await place.state("new")
                if state.storedTotal >= writes { break }
            }
            first.kill()
            #expect(try await first.wait().status == -SIGKILL)
            let job = try #require(
                try await place.facelib("job list --json").objects().first {
                    $0["command"] as? String == "restore" && $0["dry_run"] as? Bool == false
                }
            )
            let resumed = try await place.facelib("job resume \(try #require(job["job"] as? String))")
            #expect(resumed.status == 0, "\(resumed.output)\(resumed.errors)")
            #expect(try await place.state("new").contents() == original.contents())
            // Nobody was stored twice, and nobody had to be asked again for what the plan had shown.
            #expect(try await place.state("new").storedTotal == original.storedTotal)
        }
    }
}
