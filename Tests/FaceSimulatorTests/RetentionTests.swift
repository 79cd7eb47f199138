// SPDX-License-Identifier: Apache-2.0
import Foundation
import SystemPackage
import Testing

@testable import FaceSimulator

/// Portraits that vanish by themselves, and the clock that makes them do so.
@Suite struct RetentionTests {
    private static let day = 86_400.0
    private static let list = #"{"msg_id":"1035","lib_id":1}"#

    /// A session that is open however far the clock has moved.
    private static func session(_ bench: Bench) throws -> String {
        try bench.appliance.sessions.logIn(name: "admin", pwd: "Facelib-2026", code: nil).id
    }

    @Test func whatIsTooOldVanishesWithItsPicture() async throws {
        try await Bench.with("retention_on", "retention=30") { bench async throws in
            let store = bench.appliance.store
            _ = try await bench.store("old")
            let picture = try await store.folder.file(store.portrait("old", in: 1).imgPath).string
            bench.time.advance(Self.day)
            let session = try Self.session(bench)
            let data = Bench.base64(Pictures.png())
            let another =
                #"{"msg_id":"1051","lib_id":1,"img_id":"new","img":{"filename":"x.png","data":"\#(data)"}}"#
            #expect(try await bench.json(another, session: session).code == 0)

            bench.time.advance(29 * Self.day)
            #expect(try await bench.json(Self.list, session: Self.session(bench))["data.total_num"] == "2")
            #expect(FileManager.default.fileExists(atPath: picture))
            bench.time.advance(1)
            let left = try await bench.json(Self.list, session: Self.session(bench))
            #expect(left["data.total_num"] == "1")
            #expect(left["data.record.0.img_id"] == "new")
            #expect(!FileManager.default.fileExists(atPath: picture))
            let library = try await bench.json(#"{"msg_id":"1028"}"#, session: Self.session(bench))
            #expect(library["data.0.picture_no"] == "1")
            #expect(library["data.0.update_time"] == bench.time.clock.text)
            let tally = try await store.tally()
            #expect(tally.stored == 2)
            #expect(tally.deleted == 0)
            #expect(tally.expired == 1)
        }
    }

    @Test(arguments: [["retention=30"], ["retention_on"], ["retention_on", "retention=0"]])
    func withoutBothNothingVanishes(quirks: [String]) async throws {
        try await Bench.with(quirks) { bench async throws in
            _ = try await bench.store("old")
            bench.time.advance(1000 * Self.day)
            #expect(try await bench.json(Self.list, session: Self.session(bench))["data.total_num"] == "1")
        }
    }

    @Test func theClockJumpsOnceBetweenTwoPages() async throws {
        try await Bench.with("clock_jumps=2", "retention_on", "retention=30") { bench async throws in
            for id in ["a", "b", "c"] { _ = try await bench.store(id) }
            let start = bench.time.clock.now
            for page in 1...2 {
                #expect(bench.appliance.clock.now == start)
                let answer = try await bench.json(#"{"msg_id":"1035","lib_id":1,"start_no":\#(page),"qry_len":1}"#)
                #expect(answer["data.total_num"] == "3")
            }
            #expect(bench.appliance.clock.now == start + 400 * Self.day)
            #expect(try await bench.json(Self.list).code == -141)
            let session = try Self.session(bench)
            for _ in 1...3 { #expect(try await bench.json(Self.list, session: session)["data.total_num"] == "0") }
            #expect(bench.appliance.clock.now == start + 400 * Self.day)
            #expect(try await bench.appliance.store.tally().expired == 3)
        }
    }

    @Test func aClockIsMovedForAllItsCopiesAndNobodyElse() {
        let time = ManualTime()
        let clock = time.clock
        let copy = clock
        let other = clock.separate()
        other.advance(by: 5)
        #expect(clock.now == 1_800_000_000)
        #expect(other.now == 1_800_000_005)
        clock.advance(by: 60)
        time.advance(1)
        #expect(copy.now == 1_800_000_061)
        #expect(copy.text == "2027-01-15 08:01:01")
    }
}
