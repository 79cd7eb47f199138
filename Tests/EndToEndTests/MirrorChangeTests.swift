// SPDX-License-Identifier: Apache-2.0
import Foundation
import Testing

/// What changes at the hub in each possible way, and nothing else, changes at a branch.
@Suite(.serialized, .timeLimit(.minutes(40))) struct MirrorChangeTests {
    @Test func exactlyWhatChangedAtTheSourceIsTouched() async throws {
        let stock = try await MirrorStock.mirrored()
        try await MirrorPlace.with([["hq", "b1", "b2", "b3"]], stock: stock) { place in
            let people = Array(stock.hub.prefix(stock.plainCount).dropFirst(20).prefix(10))
            var changed: Set<String> = []
            // New, a visible attribute, a masked attribute.
            try await place.store([stock.newcomer("new-1")], at: "hq")
            changed.insert("new-1")
            try await place.call("hq", 1033, ["lib_id": 1, "img_id": people[0].id, "person_name": "Renamed"])
            changed.insert(people[0].id)
            try await place.call("hq", 1033, ["lib_id": 1, "img_id": people[1].id, "person_addr": "Another Street 9"])
            // Another picture; removed; removed and added again with the same picture, and with another one.
            var repainted = people[2]
            repainted.photo = stock.otherPhotos[8]
            try await place.store([repainted], at: "hq")
            changed.insert(repainted.id)
            try await place.delete(people[3...5].map(\.id), at: "hq")
            changed.insert(people[3].id)
            var another = people[5]
            another.photo = stock.otherPhotos[9]
            try await place.store([people[4], another], at: "hq")
            changed.insert(another.id)
            // The same id in another case is another portrait.
            try await place.delete([people[6].id], at: "hq")
            var cased = people[6]
            cased.id = people[6].id == people[6].id.lowercased() ? people[6].id.uppercased() : people[6].id.lowercased()
            try await place.store([cased], at: "hq")
            changed.formUnion([people[6].id, cased.id])

            let before = try await place.portraits("b1").mapValues(\.version)
            _ = try await place.report("mirror hq:Staff b1: --remove")
            let after = try await place.portraits("b1").mapValues(\.version)
            let touched = Set(before.keys).union(after.keys).filter { before[$0] != after[$0] }
            #expect(touched == changed)
            // What a device masks leaves no trace in a listing.
            #expect(try await place.differences("hq", "b1").map { $0.prefix { $0 != ":" } } == [people[1].id[...]])

            let reread = try await place.report("mirror hq:Staff b1: --remove --reread 100%")
            #expect(reread.outcomes["updated"] == 1, "\(reread.outcomes)")
            #expect(try await place.differences("hq", "b1") == [])
            let full = try await place.report("mirror hq:Staff b2: --remove --full")
            #expect(full.count("failed") == 0)
            #expect(try await place.differences("hq", "b2") == [])
        }
    }

    @Test(arguments: [
        [], ["list_shuffled"], ["sort_desc"], ["stale_counts"], ["mask_off"], ["loose_types"],
        ["delete_partial_error"], ["async_ingest=300"],
    ])
    func branchesThatBehaveOddlyEndEqual(quirks: [String]) async throws {
        let stock = try await MirrorStock.different()
        try await MirrorPlace.with([["hq", "b1"]], quirks: ["b1": quirks, "hq": quirks], stock: stock) { place in
            let mirror = "mirror hq:Staff b1: --remove --max-delete 100%"
            _ = try await place.report(mirror)
            #expect(try await place.differences("hq", "b1") == [])
            let again = try await place.report(mirror)
            #expect(again.outcomes == ["unchanged": stock.hub.count])
        }
    }

    @Test func aBranchThatStoresPicturesAnewIsUnchangedTheSecondTime() async throws {
        let stock = try await MirrorStock.different()
        try await MirrorPlace.with([["hq", "b3"]], quirks: ["b3": ["reencode"]], stock: stock) { place in
            _ = try await place.report("mirror hq:Staff b3: --create")
            #expect(try await place.differences("hq", "b3", comparingImages: false) == [])
            #expect(try await place.differences("hq", "b3") != [])
            let again = try await place.report("mirror hq:Staff b3:")
            #expect(again.outcomes == ["unchanged": stock.hub.count])
            // Somebody whose ledger knows nothing sees the same pictures.
            let compared = try await place.start(["compare", "hq:Staff", "b3:Staff", "--quiet"], state: "new").wait()
            #expect(compared.status == 0, "\(compared.output)")
        }
    }

    @Test func aBranchWithoutImagesAndOneThatIsWatchedAreSaidToBeSo() async throws {
        let stock = try await MirrorStock.different()
        let quirks = ["b3": ["face_off"], "b1": ["camera_binds=1"]]
        try await MirrorPlace.with([["hq", "b1", "b3"]], quirks: quirks, stock: stock) { place in
            let ended = try await place.facelib("mirror hq:Staff b1: b3: --create")
            #expect(ended.status == 0, "\(ended.errors)")
            #expect(ended.errors.contains("b3 keeps no images"), "\(ended.errors)")
            #expect(ended.errors.contains("is bound to cameras (Gate 1)"), "\(ended.errors)")
            #expect(try await place.differences("hq", "b3", comparingImages: false) == [])
        }
    }

    @Test func whatABranchDoesNotClearIsSaidToDiffer() async throws {
        let stock = try await MirrorStock.different()
        try await MirrorPlace.with([["hq", "b1"]], quirks: ["b1": ["empty_keeps"]], stock: stock) { place in
            for _ in 1...2 {
                let report = try await place.report("mirror hq:Staff b1: --remove --max-delete 100%", status: 1)
                let failed = report.rows.filter { $0.outcome == "failed" }
                let differing = try await place.differences("hq", "b1").map { String($0.prefix { $0 != ":" }) }
                #expect(failed.map(\.imgID).sorted() == differing)
                #expect(Set(failed.map(\.reason)) == ["device.contradicts"])
            }
        }
    }

    @Test func aFullBranchLosesNothingAndSaysWhatDidNotFit() async throws {
        let stock = try await MirrorStock.different()
        let room = stock.hub.count - 20
        try await MirrorPlace.with([["hq", "b3"]], quirks: ["b3": ["limit_images=\(room)"]], stock: stock) { place in
            let report = try await place.report("mirror hq:Staff b3: --create", status: 1)
            #expect(report.outcomes == ["stored": room, "failed": 20])
            #expect(Set(report.rows.filter { $0.outcome == "failed" }.map(\.reason)) == ["library.full"])
            #expect(try await place.portraits("b3").count == room)
        }
    }

    @Test func aFolderAndAnArchiveAreComparedWithTheDeviceTheyWentTo() async throws {
        let stock = try await MirrorStock.different()
        try await MirrorPlace.with([["hq"]], stock: stock) { place in
            try Data("correct horse\n".utf8).write(to: place.folder.appending(path: "pass"))
            #expect(try await place.facelib("export hq:Staff out").status == 0)
            #expect(try await place.facelib("export hq:Staff out.zip --passphrase-file pass").status == 0)
            for source in ["out", "out.zip --passphrase-file pass"] {
                let same = try await place.facelib("compare \(source) hq:Staff --quiet")
                #expect(same.status == 0, "\(same.output)\(same.errors)")
            }
            try await place.delete([stock.hub[3].id], at: "hq")
            let other = try await place.facelib("compare out hq:Staff --quiet --report compared")
            #expect(other.status == 7)
            #expect(other.output.hasPrefix("+ \(stock.hub[3].id)"), "\(other.output)")
            let rows = try CSVText.rows(
                of: String(contentsOf: place.folder.appending(path: "compared/results.csv"), encoding: .utf8)
            )
            #expect(rows.count == stock.hub.count)
            #expect(rows.filter { $0["outcome"] != "=" }.map { $0["img_id"] } == [stock.hub[3].id])
        }
    }
}
