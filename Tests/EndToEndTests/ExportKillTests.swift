// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// Exports that are killed, or run out of disk, and are completed by a second run.
@Suite(.serialized, .timeLimit(.minutes(40))) struct ExportKillTests {
    /// When the export is killed: after the device was asked for so many archives and portraits, and then so many
    /// hundredths of a second later.
    static let points = [(1, 0), (1, 20), (1, 45), (2, 0), (2, 15), (2, 35), (3, 5), (3, 30), (4, 10), (5, 25)]

    @Test(arguments: ["out", "out.zip"], points)
    func aKilledExportIsCompletedByTheSameCommandOrByResume(target: String, point: (calls: Int, later: Int))
        async throws
    {
        try await StockedDevice.with(["--quirk", "export_slow=4"]) { place in
            try Data("correct horse\n".utf8).write(to: place.folder.appending(path: "pass"))
            let flags = target == "out" ? [] : ["--passphrase-file", "pass"]
            let command = ["export", "hq:Staff", target, "--json"] + flags
            let first = try place.start(command)
            while first.process.isRunning {
                let calls = try await place.device.state().calls
                if ["1038", "1041", "1032"].reduce(0, { $0 + (calls[$1] ?? 0) }) >= point.calls { break }
            }
            try await Task.sleep(for: .milliseconds(point.later * 10))
            first.kill()
            let killed = try await first.wait()
            if killed.status == 0 { return }
            // Nothing that is not whole is taken for whole.
            let table = place.folder.appending(path: "\(target)/people.csv").path
            #expect(
                !FileManager.default.fileExists(
                    atPath: target == "out" ? table : place.folder.appending(path: target).path
                )
            )
            let list = try await place.facelib("job", "list", "--json")
            let job = try JobLine.first(of: list)
            let again = point.later.isMultiple(of: 2) ? command : ["job", "resume", job.job, "--json"]
            let second = try await place.start(again).wait()
            #expect(second.status == 0, "\(second.errors)")
            let portraits = try await place.device.state().portraits(of: "Staff")
            let folder = place.folder.appending(path: target)
            let exported =
                target == "out"
                ? try Exported(folder: folder) : try await Exported(archive: folder, passphrase: "correct horse")
            #expect(exported.differences(from: portraits) == [])
            #expect(try Report(second).count("stored") == portraits.count)
            let left = try FileManager.default.contentsOfDirectory(atPath: place.folder.path)
            #expect(!left.contains { $0.hasSuffix(".parts") || $0.hasSuffix(".partial") })
        }
    }

    @Test(
        .enabled(if: SmallDisk.canBeMade, "a small disk can be mounted in a namespace of its own"),
        arguments: ["out", "out.zip"]
    )
    func aFullDiskIsSaidAndASecondRunCompletesIt(target: String) async throws {
        try await StockedDevice.with { place in
            try Data("correct horse\n".utf8).write(to: place.folder.appending(path: "pass"))
            let flags = target == "out" ? "" : "--passphrase-file ../pass"
            let facelib = Program.products.appending(path: "facelib").path
            // The disk has room for a part of the library; then it is made larger, as an operator would.
            let script = """
                mkdir disk && mount -t tmpfs -o size=4m tmpfs disk && cd disk || exit 99
                "\(facelib)" export hq:Staff \(target) --json \(flags) >../first.out 2>../first.err
                echo $? >../first.status
                mount -o remount,size=400m . || exit 98
                "\(facelib)" export hq:Staff \(target) --json \(flags) >../second.out 2>../second.err
                echo $? >../second.status
                cp -r \(target) ../copy; ls -A >../left
                """
            let ended = try await SmallDisk.run(script, in: place)
            #expect(ended.status == 0, "\(ended.errors)")
            func text(_ name: String) throws -> String {
                try String(contentsOf: place.folder.appending(path: name), encoding: .utf8)
            }
            let (first, second) = (try text("first.err"), try text("second.err"))
            #expect(try text("first.status") == "1\n")
            #expect(first.contains("No space left on device"), "\(first)")
            #expect(try text("second.status") == "0\n", "\(second)")
            #expect(try text("left") == target + "\n")
            let portraits = try await place.device.state().portraits(of: "Staff")
            let copy = place.folder.appending(path: "copy")
            let exported =
                target == "out"
                ? try Exported(folder: copy) : try await Exported(archive: copy, passphrase: "correct horse")
            #expect(exported.differences(from: portraits) == [])
        }
    }
}

/// A disk of a few megabytes that a script fills.
enum SmallDisk {
    /// Whether this user may mount one in a namespace of its own.
    static let canBeMade: Bool = {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/unshare")
        process.arguments = ["-rm", "mount", "-t", "tmpfs", "tmpfs", "/mnt"]
        process.standardError = FileHandle.nullDevice
        guard (try? process.run()) != nil else { return false }
        process.waitUntilExit()
        return process.terminationStatus == 0
    }()

    /// Runs a script where it may mount.
    static func run(_ script: String, in place: Workplace) async throws -> Program.Ended {
        try await Program.start(
            "/usr/bin/unshare",
            ["-rm", "/bin/sh", "-c", script],
            environment: [
                "FACELIB_CONFIG": place.folder.appending(path: "config.toml").path,
                "FACELIB_STATE": place.folder.appending(path: "state").path,
            ],
            in: place.folder
        ).wait()
    }
}
