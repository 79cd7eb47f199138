// SPDX-License-Identifier: Apache-2.0
import ChildProcess
import FaceModel
import Foundation
import SystemPackage
import Testing

@testable import FaceSimulator

@Suite struct PortraitExportTests {
    private static let ann =
        #""person_name":"Ann","person_idcard":"123456","person_gender":"0","person_age":"31","person_addr":"Oslo""#

    @Test func aPageIsAnArchiveOfBatchFileNamesAndACSV() async throws {
        try await Bench.with { bench async throws in
            let pictures = [try Pictures.jpeg(seed: 1), Pictures.png()]
            _ = try await bench.store("E-1", Self.ann, pictures[0])
            _ = try await bench.store("E-2", #""person_name":"张三""#, pictures[1])
            let export = try await bench.export(#"{"msg_id":"1038","lib_id":1}"#)
            #expect(export.answer["data.export_url"] == "tmp/face_2027-01-15-08-00-00.zip")
            #expect(export.answer["data.result_num"] == "2")
            #expect(export.answer["data.total_num"] == "2")
            #expect(export.password.count == 16)
            #expect(export.answer["data.failed_img_ids"] == nil)
            let archive = try #require(export.archive)
            #expect(archive.names == ["Ann_E-1_123456_0_31_Oslo.jpg", "face.csv", "张三_E-2_#_#_#_#.png"])
            #expect(archive.ciphers == ["AES-128"])
            #expect(archive.entries.map(\.isFlaggedUTF8) == [false, true, false])
            #expect(try archive.isSound(password: export.password))
            #expect(try !archive.isSound(password: "wrong"))
            let contents = try export.contents()
            #expect(contents["Ann_E-1_123456_0_31_Oslo.jpg"] == pictures[0])
            #expect(contents["张三_E-2_#_#_#_#.png"] == pictures[1])
            #expect(
                String(decoding: contents["face.csv"] ?? [], as: UTF8.self) == """
                    file_name,img_id,lib_id,lib_name,person_name,person_idcard,person_gender,person_age,person_addr,\
                    create_time\r
                    Ann_E-1_123456_0_31_Oslo.jpg,E-1,1,staff,Ann,123456,0,31,Oslo,2027-01-15 08:00:00\r
                    张三_E-2_#_#_#_#.png,E-2,1,staff,张三,,,,,2027-01-15 08:00:00\r

                    """
            )
        }
    }

    @Test(arguments: [
        (#""lib_id":1"#, "0", "10", "12"), (#""lib_id":1,"start_no":11"#, "0", "2", "12"),
        (#""lib_id":1,"start_no":3,"qry_len":4"#, "0", "4", "12"), (#""lib_id":1,"qry_len":500"#, "0", "12", "12"),
        (#""lib_id":1,"start_no":13"#, "-2100", nil, nil), (#""lib_id":1,"qry_len":501"#, "-3596", nil, nil),
        (#""lib_id":1,"start_no":0"#, "-3596", nil, nil), (#""lib_id":2"#, "-2100", nil, nil),
        (#""lib_id":9"#, "-117", nil, nil), (#""qry_len":5"#, "-3596", nil, nil),
    ])
    func pages(fields: String, code: String, count: String?, total: String?) async throws {
        try await Bench.with { bench async throws in
            _ = try await bench.appliance.store.createLibrary(name: "empty", type: .whitelist)
            for number in 1...12 { _ = try await bench.store("E-\(number)") }
            let export = try await bench.export(#"{"msg_id":"1038",\#(fields)}"#)
            #expect(export.answer["code"] == code)
            #expect(export.answer["data.result_num"] == count)
            #expect(export.answer["data.total_num"] == total)
            #expect(export.archive.map { String($0.entries.count - 1) } == count)
        }
    }

    @Test(arguments: [
        (#""img_ids":"E-1,E-2""#, "0", "2", "2", ""), (#""img_ids":"E-2, x,E-2,,y""#, "0", "1", "3", "x,y"),
        (#""img_ids":"x,y""#, "-2100", nil, nil, nil), (#""img_ids":"""#, "-3596", nil, nil, nil),
        (
            "\"img_ids\":\"\((1...51).map { "i\($0)" }.joined(separator: ","))\"", "-3596", nil, nil, nil
        ),
        (#""x":1"#, "-3596", nil, nil, nil),
    ])
    func chosenOnes(fields: String, code: String, count: String?, total: String?, failed: String?) async throws {
        try await Bench.with { bench async throws in
            for id in ["E-1", "E-2", "E-3"] { _ = try await bench.store(id) }
            let export = try await bench.export(#"{"msg_id":"1041","lib_id":1,\#(fields)}"#)
            #expect(export.answer["code"] == code)
            #expect(export.answer["data.result_num"] == count)
            #expect(export.answer["data.total_num"] == total)
            #expect(export.answer["data.failed_img_ids"] == failed)
            #expect(export.archive.map { String($0.entries.count - 1) } == count)
        }
    }

    @Test func theCipherIsWhatWasChosen() async throws {
        try await Bench.with { bench async throws in
            _ = try await bench.store("E-1")
            #expect(try await bench.json(#"{"msg_id":"1363"}"#)["data.aes_crypto_flag"] == "0")
            for (flag, cipher) in [(1, "AES-256"), (0, "AES-128")] {
                #expect(try await bench.json(#"{"msg_id":"1362","aes_crypto_flag":\#(flag)}"#).code == 0)
                #expect(try await bench.json(#"{"msg_id":"1363"}"#)["data.aes_crypto_flag"] == String(flag))
                let export = try await bench.export(#"{"msg_id":"1038","lib_id":1}"#)
                #expect(export.archive?.ciphers == [cipher])
                #expect(try export.archive?.isSound(password: export.password) == true)
            }
            #expect(try await bench.json(#"{"msg_id":"1362","aes_crypto_flag":2}"#).code == -3596)
        }
    }

    @Test func namesOfArchivesRunAheadOfTheClock() async throws {
        try await Bench.with { bench async throws in
            _ = try await bench.store("E-1")
            let request = #"{"msg_id":"1041","lib_id":1,"img_ids":"E-1"}"#
            var paths: [String?] = []
            for _ in 1...3 { paths.append(try await bench.json(request)["data.export_url"]) }
            bench.time.advance(60)
            paths.append(try await bench.json(request)["data.export_url"])
            #expect(paths == ["08-00-00", "08-00-01", "08-00-02", "08-01-00"].map { "tmp/face_2027-01-15-\($0).zip" })
            #expect(bench.appliance.counters.shown.archives == 4)
        }
    }

    @Test func theLaterArchiveReplacesTheEarlierOfTheSameSecond() async throws {
        try await Bench.with("export_name_collision") { bench async throws in
            _ = try await bench.store("E-1")
            _ = try await bench.store("E-2")
            let first = try await bench.json(#"{"msg_id":"1041","lib_id":1,"img_ids":"E-1"}"#)
            let second = try await bench.export(#"{"msg_id":"1041","lib_id":1,"img_ids":"E-2"}"#)
            #expect(first["data.export_url"] == second.answer["data.export_url"])
            #expect(second.archive?.names.first == "#_E-2_#_#_#_#.jpg")
            #expect(try second.archive?.isSound(password: try #require(first["data.zippasswd"])) == false)
        }
    }

    @Test(arguments: [
        (#"a\"b"#, "a\"b", #""a""b""#), (#"a\nb"#, "a\nb", "\"a\nb\""), ("a_b", "a_b", "a_b"), ("a/b", "a/b", "a/b"),
        ("..", "..", ".."), (".hidden", ".hidden", ".hidden"), ("../../x", "../../x", "../../x"), ("#", "#", "#"),
        ("李\(String(repeating: "麗", count: 59))", "李\(String(repeating: "麗", count: 59))", nil),
        (#"a\u0000b"#, "a", "a"),
    ])
    func oddNamesTravelAsTheyAre(json: String, entry: String, cell: String?) async throws {
        try await Bench.with("zip_plain") { bench async throws in
            _ = try await bench.store("E-1", #""person_name":"\#(json)""#)
            let export = try await bench.export(#"{"msg_id":"1038","lib_id":1}"#)
            #expect(export.archive?.entries.first?.text == "\(entry)_E-1_#_#_#_#.jpg")
            let other = try await Bench.manifest(of: export)
            #expect(other.contains(",E-1,1,staff,\(cell ?? entry),,,,,2027-01-15 08:00:00\r\n"))
        }
    }

    @Test func portraitsWithoutPicturesHaveTheirLineOnly() async throws {
        try await Bench.with("face_off") { bench async throws in
            _ = try await bench.store("E-1", Self.ann)
            let export = try await bench.export(#"{"msg_id":"1038","lib_id":1}"#)
            #expect(export.answer["data.result_num"] == "1")
            #expect(export.archive?.names == ["face.csv"])
            #expect(try export.lines() == [",E-1,1,staff,Ann,123456,0,31,Oslo,2027-01-15 08:00:00"])
        }
    }

    @Test(arguments: [false, true])
    func theSameArchiveComesAgainWhereArchivesAreKept(areKept: Bool) async throws {
        try await Bench.with([], keepsArchives: areKept) { bench async throws in
            for id in ["E-1", "E-2"] { _ = try await bench.store(id) }
            let page = #"{"msg_id":"1038","lib_id":1}"#
            let first = try await bench.export(page)
            #expect(try await bench.isSame(first, as: page) == areKept)
            // What it holds is what tells archives apart: others, another encryption, another picture.
            #expect(try await !bench.isSame(first, as: #"{"msg_id":"1038","lib_id":1,"qry_len":1}"#))
            _ = try await bench.json(#"{"msg_id":"1362","aes_crypto_flag":1}"#)
            #expect(try await !bench.isSame(first, as: page))
            _ = try await bench.json(#"{"msg_id":"1362","aes_crypto_flag":0}"#)
            _ = try await bench.store("E-3")
            #expect(try await !bench.isSame(first, as: page))
        }
    }

    @Test func aKeptArchiveThatAnotherReplacedIsMadeAgain() async throws {
        try await Bench.with(["export_name_collision"], keepsArchives: true) { bench async throws in
            for id in ["E-1", "E-2"] { _ = try await bench.store(id) }
            let (first, second) = (
                #"{"msg_id":"1041","lib_id":1,"img_ids":"E-1"}"#, #"{"msg_id":"1041","lib_id":1,"img_ids":"E-2"}"#
            )
            let names = try await [bench.export(first), bench.export(second), bench.export(first)].map { export in
                try #require(export.archive).names.filter { $0.hasSuffix(".jpg") }
            }
            #expect(names == [["#_E-1_#_#_#_#.jpg"], ["#_E-2_#_#_#_#.jpg"], ["#_E-1_#_#_#_#.jpg"]])
        }
    }

    @Test func aKeptArchiveThatIsGoneIsMadeAgain() async throws {
        try await Bench.with([], keepsArchives: true) { bench async throws in
            _ = try await bench.store("E-1")
            let page = #"{"msg_id":"1038","lib_id":1}"#
            let path = try #require(try await bench.export(page).answer["data.export_url"])
            let folder = bench.appliance.store.folder
            folder.remove(folder.file(path))
            #expect(try await bench.export(page).archive != nil)
        }
    }

    @Test func picturesThatAreGoneFail() async throws {
        try await Bench.with { bench async throws in
            for id in ["E-1", "E-2"] { _ = try await bench.store(id) }
            let store = bench.appliance.store
            store.folder.remove(store.folder.file(try await store.portrait("E-1", in: 1).imgPath))
            let export = try await bench.export(#"{"msg_id":"1041","lib_id":1,"img_ids":"E-1,E-2,E-3"}"#)
            #expect(export.answer["data.failed_img_ids"] == "E-1,E-3")
            #expect(export.answer["data.result_num"] == "1")
            let none = try await bench.json(#"{"msg_id":"1041","lib_id":1,"img_ids":"E-1"}"#)
            #expect(none.code == -2100)
            #expect(try FileManager.default.contentsOfDirectory(atPath: store.folder.file("incoming").string).isEmpty)
        }
    }
}

extension Bench {
    /// Whether an export is answered with the archive, and the password, of an earlier one.
    fileprivate func isSame(_ earlier: Export, as message: String) async throws -> Bool {
        let export = try await export(message)
        let isSame = export.answer["data.export_url"] == earlier.answer["data.export_url"]
        #expect(isSame == (export.password == earlier.password))
        return isSame
    }

    /// The CSV of a plain archive, found by its bytes: 7z would not unpack names that leave the folder.
    static func manifest(of export: Export) async throws -> String {
        let process = ChildProcess()
        process.executableURL = URL(filePath: "/usr/bin/7z")
        process.arguments = ["x", "-so", try #require(export.archive).path.string, "face.csv"]
        process.environment = ["LC_ALL": "C.UTF-8"]
        process.standardError = FileHandle.nullDevice
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let bytes = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return String(decoding: bytes, as: UTF8.self)
    }
}
