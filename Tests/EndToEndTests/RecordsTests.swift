// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// `facelib records` against a device that has some of each kind.
@Suite(.serialized, .timeLimit(.minutes(30))) struct RecordsTests {
    /// Fields that each kind has at least.
    static let fields = [
        "captures": [
            "snap_id", "lib_name", "alive_type.words", "face_attr.gender_code", "face_attr.st_age_value.words",
        ],
        "alarms": ["snap_id", "lib_type.words", "person_addr", "person_gender.words", "face_attr.st_expression.words"],
        "bodies": ["snap_id", "quality", "body_attr.coat_style.words", "body_attr.st_status_type.words"],
        "body-alarms": ["snap_id", "alarm_type.words", "person_nums_in_area", "body_attr.st_uniform.words"],
        "strangers": ["person_id", "feature", "wander_threshold", "face_attr.st_respirator.words"],
        "wandering": [
            "snap_id", "event_type.words", "alarm_type.words", "wander_deviceID", "face_attr.cap_style.words",
        ],
        "profile": ["snap_id", "img_id", "appear_count", "face_attr.glass_style.words"],
    ]

    @Test(
        arguments: fields.keys.sorted(),
        ["", "zip_id_names", "zip_no_manifest", "zip_nested", "zip_passwd_wrong", "download_root"]
    )
    func everyRecordComesWithItsImageAndItsFields(kind: String, quirk: String) async throws {
        let set = try await PortraitSet.drawn("--count", "12", "--seed", "3", "--folder")
        let quirks = quirk.isEmpty ? [] : ["--quirk", quirk]
        try await Workplace.with(["--records", "120"] + quirks) { place in
            _ = try await place.runImport(of: set.source.path)
            let state = try await place.device.state()
            let stranger = try #require(state.records["strangers"]?.first?.id)
            let more = kind == "profile" ? ["--person", stranger] : []
            let ended = try await place.start(["records", "hq", kind, "out", "--json"] + more).wait()
            #expect(ended.status == 0, "\(ended.errors)")
            let expected = kind == "profile" ? 5 : 120
            #expect(try Report(ended).count("stored") == expected)
            let rows = try await place.table(of: "out")
            #expect(rows.count == expected)
            let idField = kind == "strangers" ? "person_id" : "snap_id"
            let truth = Dictionary(uniqueKeysWithValues: (state.records[kind] ?? []).map { ($0.id, $0.sha256) })
            for row in rows {
                let id = try #require(row[idField])
                #expect(row["image"] == id + ".jpg")
                #expect(row["sha256 of the image"] == truth[id])
            }
            #expect(Set(rows.compactMap { $0[idField] }).count == expected)
            let columns = Set(rows[0].keys)
            #expect(columns.isSuperset(of: Self.fields[kind] ?? []), "\(columns.sorted())")
            // Everything the simulator says is documented, and nothing is masked.
            for row in rows {
                for (name, text) in row where !text.isEmpty && columns.contains(name + ".words") {
                    #expect(row[name + ".words"] != "", "\(name) \(text)")
                }
                #expect(row.values.allSatisfy { !$0.contains("***") })
            }
            if kind == "alarms" { #expect(rows.contains { $0["person_idcard"] != "" }) }
            let names = try FileManager.default.contentsOfDirectory(atPath: place.folder.appending(path: "out").path)
            #expect(names.count == expected + 1)
        }
    }

    @Test func aChoiceOfTimeAndChannelIsKept() async throws {
        try await Workplace.with(["--records", "200"]) { place in
            let ended = try await place.facelib(
                "records",
                "hq",
                "captures",
                "out",
                "--from",
                "2026-10-01 09:00",
                "--to",
                "2026-10-01",
                "--channel",
                "2",
                "--alive",
                "alive,0"
            )
            #expect(ended.status == 0, "\(ended.errors)")
            let rows = try await place.table(of: "out")
            #expect(!rows.isEmpty)
            for row in rows {
                let time = try #require(row["trigger"])
                #expect(time >= "2026-10-01 09:00:00" && time <= "2026-10-01 23:59:59" && row["channel"] == "2")
                #expect(row["alive_type"] != "1")
            }
        }
    }

    @Test func recordsThatChangeWhileTheyAreListedAreSaid() async throws {
        try await Workplace.with(["--records", "200", "--quirk", "mutate_during_paging"]) { place in
            let ended = try await place.facelib("records", "hq", "bodies", "out")
            #expect(ended.status == 0 || ended.errors.contains("there may be records that were not exported"))
            #expect(ended.status == 0 || ended.status == 1)
            let state = try await place.device.state()
            let truth = Dictionary(
                (state.records["bodies"] ?? []).map { ($0.id, $0.sha256) },
                uniquingKeysWith: { first, _ in first }
            )
            let rows = try await place.table(of: "out")
            #expect(rows.count >= 190)
            // What left the device meanwhile is not in its account.
            for row in rows where row["image"] != "" {
                if let sha256 = truth[row["snap_id"] ?? ""] { #expect(row["sha256 of the image"] == sha256) }
            }
        }
    }

    @Test(arguments: [1, 130, 300, 560])
    func aKilledExportIsTakenUpWithNothingFetchedTwice(after images: Int) async throws {
        try await Workplace.with(["--records", "600", "--quirk", "slow=10"]) { place in
            let out = place.folder.appending(path: "out").path
            func written() -> Int {
                ((try? FileManager.default.contentsOfDirectory(atPath: out)) ?? []).count { $0.hasSuffix(".jpg") }
            }
            let first = try place.start(["records", "hq", "captures", "out", "--json"])
            while first.process.isRunning && written() < images { try await Task.sleep(for: .milliseconds(2)) }
            first.kill()
            _ = try await first.wait()
            let resumed = try await place.facelib("records", "hq", "captures", "out", "--json")
            #expect(resumed.status == 0, "\(resumed.errors)")
            #expect(resumed.errors.contains("Continuing job"))
            #expect(try Report(resumed).count("stored") == 600)
            let state = try await place.device.state()
            let truth = Dictionary(uniqueKeysWithValues: (state.records["captures"] ?? []).map { ($0.id, $0.sha256) })
            let rows = try await place.table(of: "out")
            #expect(rows.count == 600)
            #expect(rows.allSatisfy { $0["sha256 of the image"] == truth[$0["snap_id"] ?? ""] })
            // Thirteen pages, each with one record of the page before; twelve archives, and what the kill cost:
            // those not written yet, cut anew.
            #expect(state.calls["1037"] == 13)
            #expect(state.calls["1043"] ?? 0 <= 12 + 5)
            let names = try FileManager.default.contentsOfDirectory(atPath: out)
            #expect(names.count == 601)
        }
    }
}

extension Workplace {
    /// The lines of a `records.csv` by their columns, with the digests of their images, as Python reads them.
    func table(of target: String) async throws -> [[String: String]] {
        let folder = self.folder.appending(path: target).path
        let answer = try await Program.start("/usr/bin/python3", ["-c", Self.reader, folder], in: self.folder).wait()
        guard answer.status == 0 else { throw SimulatedDevice.Failure(text: answer.errors) }
        return try JSONDecoder().decode([[String: String]].self, from: Data(answer.output.utf8))
    }

    private static let reader = """
        import csv, hashlib, json, os, sys
        folder = sys.argv[1]
        rows = list(csv.DictReader(open(folder + "/records.csv", encoding="utf-8-sig", newline="")))
        for row in rows:
            if row["image"]:
                with open(os.path.join(folder, row["image"]), "rb") as image:
                    row["sha256 of the image"] = hashlib.sha256(image.read()).hexdigest()
        json.dump(rows, sys.stdout)
        """
}
