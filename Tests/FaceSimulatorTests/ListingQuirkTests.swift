// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import FaceSimulator

/// Listings that are not what they seem: their order, their pages, their counts, their ids.
@Suite struct ListingQuirkTests {
    private static let ids = ["a", "b", "c", "d", "e", "f"]

    /// The ids of a library's list, page by page, with what each page says of the total.
    private static func pages(_ bench: Bench, of length: Int) async throws -> (ids: [[String]], totals: Set<String?>) {
        var pages: [[String]] = []
        var totals: Set<String?> = []
        for start in stride(from: 1, through: ids.count, by: length) {
            let answer = try await bench.json(
                #"{"msg_id":"1035","lib_id":1,"start_no":\#(start),"qry_len":\#(length)}"#
            )
            pages.append((0..<length).compactMap { answer["data.record.\($0).img_id"] })
            totals.insert(answer["data.total_num"])
        }
        return (pages, totals)
    }

    @Test(arguments: [
        ("page_shift", 2, "ab bc de"), ("page_shift=2", 2, "ab ab cd"), ("page_shift=50", 2, "ab ab ab"),
        ("page_shift=-1", 2, "ab de f"), ("page_shift=-50", 2, "ab  "), ("page_shift", 4, "abcd de"),
        ("page_shift=-1", 4, "abcd f"), ("page_shift", 6, "abcdef"), ("clamp", 2, "ab cd ef"),
    ])
    func laterPagesBeginElsewhereAndTheTotalStaysRight(quirk: String, length: Int, listed: String) async throws {
        try await Bench.with(quirk) { bench async throws in
            for id in Self.ids { _ = try await bench.store(id) }
            let pages = try await Self.pages(bench, of: length)
            #expect(pages.ids.map { $0.joined() }.joined(separator: " ") == listed)
            #expect(pages.totals == ["6"])
            #expect(try await bench.json(#"{"msg_id":"1035","lib_id":1,"start_no":7}"#)["data.record"] == "[0]")
        }
    }

    @Test(arguments: [
        ("total_lies", "3"), ("total_lies=1000000", "1000002"), ("total_lies=-1", "1"), ("total_lies=-1000000", "0"),
    ])
    func theTotalIsWrongAndTheRecordsAreThere(quirk: String, total: String) async throws {
        try await Bench.with(quirk) { bench async throws in
            for id in ["a", "b"] { _ = try await bench.store(id) }
            let answer = try await bench.json(#"{"msg_id":"1035","lib_id":1}"#)
            #expect(answer["data.total_num"] == total)
            #expect(answer["data.record"] == "[2]")
            #expect(answer["data.result_num"] == "2")
        }
    }

    @Test func theOrderHasNothingToDoWithTimesAndIsTheSameOverPages() async throws {
        try await Bench.with("list_shuffled") { bench async throws in
            for id in Self.ids {
                _ = try await bench.store(id)
                bench.time.advance(1)
            }
            let whole = try await Self.pages(bench, of: 6).ids[0]
            #expect(whole != Self.ids)
            #expect(whole != Self.ids.reversed())
            #expect(whole.sorted() == Self.ids)
            #expect(try await Self.pages(bench, of: 2).ids.flatMap(\.self) == whole)
        }
    }

    @Test func theOrderIsAnotherOneAtEachRequest() async throws {
        try await Bench.with("list_random") { bench async throws in
            for id in Self.ids { _ = try await bench.store(id) }
            var orders: Set<[String]> = []
            for _ in 1...20 { orders.insert(try await Self.pages(bench, of: 6).ids[0]) }
            #expect(orders.count > 1)
            #expect(orders.allSatisfy { $0.sorted() == Self.ids })
        }
    }

    @Test(arguments: [
        (["mask_ids"], "emp-0001", "em***01"), (["mask_ids"], "ab", "ab***ab"), (["mask_ids"], "a", "a***a"),
        (["mask_ids", "mask_off"], "emp-0001", "emp-0001"), ([], "emp-0001", "emp-0001"),
    ])
    func idsAreMaskedInTheListOnly(quirks: [String], id: String, shown: String) async throws {
        try await Bench.with(quirks) { bench async throws in
            _ = try await bench.store(id)
            #expect(try await bench.json(#"{"msg_id":"1035","lib_id":1}"#)["data.record.0.img_id"] == shown)
            let single = try await bench.json(#"{"msg_id":"1032","lib_id":1,"img_id":"\#(id)"}"#)
            #expect(single["data.img_id"] == id)
            let clear = try await bench.json(#"{"msg_id":"1067","lib_id":1,"img_id":"\#(id)"}"#)
            #expect(clear["data.record.0.img_id"] == id)
        }
    }

    @Test func countsOfLibrariesAreThoseBeforeTheLastChange() async throws {
        try await Bench.with("stale_counts") { bench async throws in
            func counts() async throws -> [String?] {
                let all = try await bench.json(#"{"msg_id":"1028"}"#)["data.0.picture_no"]
                let one = try await bench.json(#"{"msg_id":"1034","lib_id":1}"#)["data.record.0.picture_no"]
                let listed = try await bench.json(#"{"msg_id":"1035","lib_id":1}"#)["data.total_num"]
                return [all, one, listed]
            }
            #expect(try await counts() == ["0", "0", "0"])
            _ = try await bench.store("a")
            #expect(try await counts() == ["0", "0", "1"])
            _ = try await bench.store("b")
            #expect(try await counts() == ["1", "1", "2"])
            _ = try await bench.json(#"{"msg_id":"1033","lib_id":1,"img_id":"a","person_name":"Ann"}"#)
            #expect(try await counts() == ["1", "1", "2"])
            _ = try await bench.json(#"{"msg_id":"1031","lib_id":1,"img_id":"a"}"#)
            #expect(try await counts() == ["2", "2", "1"])
        }
    }
}
