// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What happens to a library that an earlier import filled.
@Suite(.serialized, .timeLimit(.minutes(30))) struct AgainTests {
    @Test func aSecondImportSendsNothingAndCallsOnceAPageAndAConstant() async throws {
        let set = try await PortraitSet.drawn("--count", "160", "--bad", "0", "--seed", "31", "--folder")
        try await Workplace.with { place in
            #expect(try await place.runImport(of: set.source.path).status == 0)
            let before = try await place.device.state()
            let again = try await place.runImport(of: set.source.path)
            let after = try await place.device.state()
            #expect(try Report(again).count("unchanged") == 160)
            #expect(again.status == 0)
            #expect(after.storeCalls == before.storeCalls)
            let calls = after.calls.values.reduce(0, +) - before.calls.values.reduce(0, +)
            #expect(calls <= 160 / 50 + 8, "\(calls) calls")
        }
    }

    @Test func anotherComputerFindsTheSamePortraitsUnchangedByLookingAtThem() async throws {
        let set = try await PortraitSet.drawn("--count", "40", "--bad", "0", "--seed", "32", "--folder")
        for quirk in [[], ["--quirk", "reencode"], ["--quirk", "mask_off"]] {
            try await Workplace.with(quirk) { place in
                #expect(try await place.runImport(of: set.source.path).status == 0)
                // A ledger that knows nothing of the device.
                let elsewhere = ["--state", place.folder.appending(path: "elsewhere").path]
                let again = try await place.startImport(of: set.source.path, elsewhere).wait()
                #expect(try Report(again).count("unchanged") == 40, "\(again.output)")
            }
        }
    }

    @Test func aChangedRowIsTakenWithoutUpdateAndChangedWithIt() async throws {
        let set = try await PortraitSet.drawn("--count", "12", "--bad", "0", "--seed", "33", "--csv")
        try await Workplace.with { place in
            let folder = place.folder.appending(path: "source")
            try FileManager.default.copyItem(at: set.source, to: folder)
            let table = folder.appending(path: "people.csv")
            let photos = try CSVText.rows(of: String(contentsOf: table, encoding: .utf8))
            let first = try Report(try await place.runImport(of: "source"))
            #expect(first.count("stored") == 12)

            // Two people swap nothing but their photos' bytes: both pictures differ now.
            let one = folder.appending(path: photos[0]["photo"] ?? "")
            let other = folder.appending(path: photos[1]["photo"] ?? "")
            let bytes = try (Data(contentsOf: one), Data(contentsOf: other))
            try bytes.1.write(to: one)
            try bytes.0.write(to: other)

            let refused = try await place.runImport(of: "source")
            let rows = try Report(refused).rows.filter { $0.outcome == "rejected" }
            #expect(rows.map(\.reason) == ["img-id.taken", "img-id.taken"])
            #expect(refused.status == 3)

            let updated = try await place.runImport(of: "source", "--update")
            #expect(try Report(updated).count("updated") == 2, "\(updated.output)")
            let again = try await place.runImport(of: "source")
            #expect(try Report(again).count("unchanged") == 12, "\(again.output)")
        }
    }

    @Test func leaversAreRemovedWithinTheGuardAndNotBeyondIt() async throws {
        let set = try await PortraitSet.drawn("--count", "30", "--bad", "0", "--seed", "34", "--folder")
        try await Workplace.with { place in
            let folder = place.folder.appending(path: "source")
            try FileManager.default.copyItem(at: set.source, to: folder)
            #expect(try await place.runImport(of: "source").status == 0)
            let leavers = set.truth.filter { !$0.imgID.isEmpty }.prefix(4)
            for leaver in leavers.prefix(2) {
                try FileManager.default.removeItem(at: folder.appending(path: leaver.source))
            }
            let removed = try await place.runImport(of: "source", "--remove")
            #expect(try Report(removed).count("removed") == 2, "\(removed.output)\(removed.errors)")
            #expect(try await place.device.state().portraits(of: "Staff").count == 28)

            for leaver in leavers.suffix(2) {
                try FileManager.default.removeItem(at: folder.appending(path: leaver.source))
            }
            let stopped = try await place.runImport(of: "source", "--remove", "--max-delete", "1")
            #expect(stopped.status == 4)
            #expect(stopped.errors.contains("--max-delete"))
            #expect(try await place.device.state().portraits(of: "Staff").count == 28)
        }
    }

    @Test func aDryRunChangesNothing() async throws {
        let set = try await PortraitSet.drawn("--count", "20", "--bad", "0", "--seed", "35", "--folder")
        try await Workplace.with { place in
            let ended = try await place.runImport(of: set.source.path, "--dry-run")
            #expect(ended.status == 0, "\(ended.errors)")
            #expect(try Report(ended).count("ready") == 20)
            let state = try await place.device.state()
            #expect(state.libraries.isEmpty)
            #expect(state.storeCalls == 0)
        }
    }
}
