// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// A device is backed up and comes back, and what is wrong is told by a status, a file and a portrait.
@Suite(.serialized, .timeLimit(.minutes(40))) struct BackupTests {
    /// Starts devices; `hq` has `Staff`, bound to the cameras 1 and 3, and `Guests`.
    private func withStock(_ devices: [String] = ["hq"], _ body: (MirrorPlace) async throws -> Void) async throws {
        try await BackupPlace.with(devices, flags: ["--cameras", "3"]) { place in
            let photos = try await LargePhotos(30, in: place.folder.appending(path: "photos"))
            var staff = try (0..<20).map { try photos.person($0) }
            for (number, name) in StockedDevice.oddNames.enumerated() {
                var odd = try photos.person(100 + number)
                (odd.name, odd.address) = (name, name)
                staff.append(odd)
            }
            try await place.store(staff, at: "hq")
            let guests = try (200..<205).map { try photos.person($0, id: "P-\($0 - 200)") }
            try await place.store(guests, at: "hq", "Guests", type: "key-personnel")
            for channel in [1, 3] { try await place.call("hq", 515, ["channel": channel, "lib_ids": "1"]) }
            try await body(place)
        }
    }

    @Test func aDeviceThatWasWipedIsAsItWasAfterARestore() async throws {
        try await withStock(["hq", "new"]) { place in
            let original = try await place.state("hq")
            #expect(original.contents().count == 2)
            #expect(original.contents()["Staff"]?.first?.contains("Gate 1") == true)
            let taken = try await place.opened("backup create hq: repo --json")
            let outcomes = try Report.all(taken).map(\.outcomes)
            #expect(
                outcomes.sorted { $0["stored", default: 0] < $1["stored", default: 0] } == [
                    ["stored": 5], ["stored": 31],
                ]
            )
            // The device is not there any more, and its successor has nothing.
            try place.process(of: "hq").kill()
            #expect(try await place.state("new").libraries.isEmpty)
            try await place.opened("backup restore repo new: --rebind-cameras --yes")
            let restored = try await place.state("new")
            #expect(restored.contents() == original.contents())
            // What the device shows to nobody who lists it came back in clear.
            #expect(restored.portraits(of: "Staff").first { $0.id == "P-7" }?.identity == "310115000007")
            for library in ["Staff", "Guests"] {
                try await place.opened("compare repo@\(library) new:\(library) --quiet")
            }
            // A second time there is nothing to do.
            try await place.opened("backup restore repo new: --rebind-cameras")
            let again = try await place.state("new")
            #expect(again.storedTotal == restored.storedTotal && again.deletedTotal == 0)
        }
    }

    @Test func aSoundRepositoryIsSaidToBeSoAndADrillRestoresIt() async throws {
        try await withStock { place in
            try await place.opened("backup create hq: repo")
            let read = try await place.opened("backup verify repo --read-all --json")
            let totals = try #require(try read.objects().last)
            #expect(totals["sound"] as? Bool == true && totals["portraits"] as? Int == 36)
            #expect(try totals["bytes_read"] as? Int ?? 0 > place.size(of: "repo") / 2)
            let drilled = try await place.opened("backup verify repo --drill --json").objects()
            let drills = drilled.filter { $0["type"] as? String == "drill" }
            #expect(drills.count == 2 && drills.allSatisfy { $0["equal"] as? Bool == true })
            // Of a single snapshot there is a single drill, and nothing is left of any.
            #expect(try await place.opened("backup verify repo@Guests --drill").output.contains("equal, 5 portraits"))
            let all = try FileManager.default.subpathsOfDirectory(atPath: place.folder.appending(path: "state").path)
            #expect(!all.contains { $0.contains("device.sqlite") || $0.contains("drill") }, "\(all)")
        }
    }

    @Test func aFlippedByteIsToldByItsFileAndItsPortrait() async throws {
        try await withStock { place in
            try await place.opened("backup create hq:Staff repo")
            let repository = place.folder.appending(path: "repo")
            let pack = try #require(try RepositoryFiles(repository).finished(in: "packs").first)
            let file = repository.appending(path: "packs/\(pack)")
            let whole = try Data(contentsOf: file)
            var damaged = whole
            damaged[whole.count / 2] ^= 1
            try damaged.write(to: file)

            let text = try await place.opened("backup verify repo --read-all", 7).output
            #expect(text.contains("✗ packs/\(pack): "), "\(text)")
            #expect(text.contains(#/! \S*repo@\S+/P-\d+: /#), "\(text)")
            #expect(text.contains("NOT SOUND: 1 file damaged, 1 portrait lost"), "\(text)")
            let objects = try await place.opened("backup verify repo --read-all --json", 7).objects()
            #expect(objects.map { $0["type"] as? String } == ["file", "row", "verified"])
            #expect(objects[0]["file"] as? String == "packs/\(pack)")
            let id = try #require(objects[1]["img_id"] as? String)
            #expect(text.contains("/\(id): "))
            #expect(objects[2]["sound"] as? Bool == false)

            // All others come back, and the one that does not is named.
            let restored = try await place.opened("backup restore repo out --json", 1)
            let report = try Report(restored)
            #expect(report.count("stored") == 30 && report.rows.filter { $0.outcome == "failed" }.map(\.imgID) == [id])
            try whole.write(to: file)
            try await place.opened("backup verify repo --read-all")
        }
    }

    @Test func whoWorksOnARepositoryKeepsOthersOut() async throws {
        try await withStock { place in
            try await place.opened("backup create hq:Guests repo")
            func hold(_ how: String) async throws -> Program.Running {
                let arguments = [how, "--no-fork", "repo/lock", "/bin/sh", "-c", "echo held; exec sleep 100"]
                let holder = try Program.start("/usr/bin/flock", arguments, in: place.folder)
                while holder.output.text.isEmpty { try await Task.sleep(for: .milliseconds(10)) }
                return holder
            }
            let writer = try await hold("--exclusive")
            for line in [
                "backup create hq: repo", "backup list repo", "backup verify repo", "backup restore repo out",
                "backup prune repo --keep-last 1", "backup erase repo --img-id P-1 --yes", "backup copy repo other",
                "backup recovery-key repo", "compare repo hq:Guests",
            ] {
                let ended = try await place.opened(line, 8)
                #expect(ended.errors.contains("wait for it to end"), "\(line): \(ended.errors)")
                #expect(ended.output.isEmpty, "\(line): \(ended.output)")
            }
            writer.kill()
            _ = try await writer.wait()
            // Those who only read do not keep each other out.
            let reader = try await hold("--shared")
            try await place.opened("backup list repo")
            try await place.opened("backup create hq: repo", 8)
            reader.kill()
            _ = try await reader.wait()
            try await place.opened("backup create hq: repo")
        }
    }

    @Test func whatOpensNothingOrNamesNobodyIsRefused() async throws {
        try await withStock { place in
            try await place.opened("backup create hq:Guests repo")
            try place.writeSecret("correct horse", to: "wrong")
            for verb in [
                "backup list repo", "backup create hq: repo", "backup verify repo", "backup erase repo --img-id P-1",
            ] {
                let ended = try await place.facelib("\(verb) --passphrase-file wrong")
                #expect(ended.status == 6, "\(verb): \(ended.errors)")
                #expect(ended.errors.contains("does not open the repository"), "\(ended.errors)")
                #expect(ended.output.isEmpty)
            }
            #expect(try await place.facelib("backup list repo").status == 64)
            for line in [
                "backup restore repo@nobody out", "backup verify repo@nobody --drill", "compare repo@nobody hq:Staff",
            ] {
                let ended = try await place.opened(line, 64)
                #expect(ended.errors.contains("nobody"), "\(ended.errors)")
            }
            let export = try await place.facelib("export repo@nobody out --repository-passphrase-file pass")
            #expect(export.status == 64, "\(export.errors)")
        }
    }

    @Test func whoIsNotThereAtNightIsToldWhatCameOfIt() async throws {
        try await withStock(["hq", "b1"]) { place in
            let hook = "env | grep ^FACELIB_ | sort > told"
            func create(_ device: String) async throws -> (ended: Program.Ended, metrics: String) {
                try? FileManager.default.removeItem(at: place.folder.appending(path: "told"))
                let words = [
                    "backup", "create", device, "repo", "--passphrase-file", "pass", "--metrics", "backup.prom",
                    "--on-failure", hook,
                ]
                let ended = try await place.start(words).wait()
                return (ended, try place.text("backup.prom"))
            }
            let first = try await create("hq:")
            #expect(first.ended.status == 0, "\(first.ended.errors)")
            let staff = "{device=\"hq\",library=\"Staff\"}"
            for line in [
                "facelib_backup_exit_status\(staff) 0", "facelib_backup_portraits\(staff) 31",
                "facelib_backup_failed_portraits\(staff) 0",
                "facelib_backup_exit_status{device=\"hq\",library=\"Guests\"} 0",
            ] { #expect(first.metrics.contains(line + "\n"), "\(first.metrics)") }
            #expect((try? place.text("told")) == nil)
            let success = try #require(first.metrics.firstMatch(of: #/last_success\S+ (\d+)/#)?.1)

            try place.process(of: "hq").kill()
            let second = try await create("hq:")
            #expect(second.ended.status == 5, "\(second.ended.errors)")
            #expect(second.metrics.contains("facelib_backup_exit_status\(staff) 5\n"), "\(second.metrics)")
            #expect(second.metrics.contains("last_success_timestamp_seconds\(staff) \(success)\n"), "\(second.metrics)")
            let told = try place.text("told")
            #expect(told.contains("FACELIB_STATUS=5\n") && told.contains("FACELIB_COMMAND=backup create\n"), "\(told)")
            #expect(told.contains("device unreachable"), "\(told)")
            // What was there is there.
            try await place.opened("backup verify repo --read-all")
            #expect(try await place.snapshots().count == 2)
        }
    }
}

extension MirrorPlace {
    /// The text of a file.
    fileprivate func text(_ name: String) throws -> String {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8)
    }
}
