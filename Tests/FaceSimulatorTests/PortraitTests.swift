// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation
import SystemPackage
import Testing

@testable import FaceSimulator

@Suite struct PortraitTests {
    private static let person =
        #""person_name":"张三","person_idcard":"123456","person_gender":"0","person_age":31,"person_addr":"Oslo""#

    private static func list(_ bench: Bench) async throws -> Answer {
        try await bench.json(#"{"msg_id":"1035","lib_id":1,"start_no":1,"qry_len":50}"#)
    }

    @Test func aStoredPortraitIsReadBackMaskedAndInClear() async throws {
        try await Bench.with { bench async throws in
            let bytes = try Pictures.jpeg()
            #expect(
                try await bench.store("E-1", Self.person, bytes).raw == #"{"code":0,"data":{"img_id":"E-1"},"msg":""}"#
            )
            let list = try await Self.list(bench)
            #expect(list["data.record.0.person_name"] == "张三")
            #expect(list["data.record.0.person_idcard"] == "******")
            #expect(list["data.record.0.person_age"] == "31")
            let single = try await bench.json(#"{"msg_id":"1032","lib_id":1,"img_id":"E-1"}"#)
            #expect(single["data.person_addr"] == "*****")
            #expect(single["data.img"] == Bench.base64(bytes))
            let clear = try await bench.json(#"{"msg_id":"1067","lib_id":1,"uuid":"E-1"}"#)
            #expect(clear["data.record.0.person_addr"] == "Oslo")
            #expect(clear["data.total_num"] == "1")
            let path = try #require(single["data.img_path"])
            let file = try #require(bench.appliance.store.folder.served(path))
            #expect(try bench.appliance.store.folder.read(file) == bytes)
        }
    }

    @Test func aFormStoresTheSameBytes() async throws {
        try await Bench.with { bench async throws in
            let bytes = Pictures.png()
            let answer = try await bench.form(
                ["msg_id": "1029", "lib_id": "1", "person_name": "Ann"],
                [("img", "x.png", bytes)]
            )
            #expect(answer.code == 0)
            let id = try #require(answer["data.img_id"])
            #expect(UUID(uuidString: id) != nil)
            let single = try await bench.json(#"{"msg_id":"1032","lib_id":1,"img_id":"\#(id)"}"#)
            #expect(single["data.img"] == Bench.base64(bytes))
            #expect(single["data.img_path"]?.hasSuffix(".png") == true)
        }
    }

    @Test(arguments: [
        ("E_1", "", -3596), (String(repeating: "a", count: 48), "", 0), (String(repeating: "a", count: 49), "", -2754),
        ("taken", "", -1100), ("x", #""person_age":"1000""#, -3596), ("x", #""person_age":"-1""#, -3596),
        ("x", #""person_gender":"2""#, -3596), ("x", #""person_gender":"","person_age":"""#, 0),
    ])
    func idsAndAttributesAreChecked(id: String, extra: String, code: Int) async throws {
        try await Bench.with { bench async throws in
            _ = try await bench.store("taken")
            #expect(try await bench.store(id, extra).code == code)
        }
    }

    @Test func longFieldsAreRefused() async throws {
        try await Bench.with { bench async throws in
            let long = String(repeating: "x", count: 257)
            #expect(try await bench.store("a", #""person_addr":"\#(long)""#).code == -3596)
            #expect(try await bench.store("b", #""person_addr":"\#(long.dropLast())""#).code == 0)
        }
    }

    enum Picture: String, CaseIterable {
        case jpeg, png, bmp, tiff, truncatedJPEG, truncatedPNG, truncatedBMP, truncatedTIFF, text, webp, heavy, wide
        case noFace, twoFaces, dull, dullPNG

        var bytes: [UInt8] {
            get throws {
                switch self {
                case .jpeg: try Pictures.jpeg()
                case .png: Pictures.png()
                case .bmp: Pictures.bmp()
                case .tiff: Pictures.tiff()
                case .truncatedJPEG: Array(try Pictures.jpeg().dropLast(200))
                case .truncatedPNG: Array(Pictures.png().dropLast(600))
                case .truncatedBMP: Array(Pictures.bmp().dropLast(1))
                case .truncatedTIFF: Array(Pictures.tiff().prefix(500))
                case .text: Array("not a picture".utf8)
                case .webp: Array("RIFF0000WEBPVP8 ".utf8)
                case .heavy: try Pictures.jpeg() + [UInt8](repeating: 0, count: 2 * 1024 * 1024)
                case .wide: try Pictures.jpeg(size: .init(width: 4097, height: 8))
                case .noFace: try Pictures.jpeg(comment: "facelib-fixture:faces=0")
                case .twoFaces: try Pictures.jpeg(comment: "facelib-fixture:faces=2")
                case .dull: try Pictures.jpeg(comment: "facelib-fixture:quality=39")
                case .dullPNG: Pictures.png(comment: "facelib-fixture:quality=12")
                }
            }
        }

        var code: Int {
            switch self {
            case .jpeg, .png, .bmp, .tiff: 0
            case .truncatedJPEG, .truncatedPNG, .truncatedBMP, .truncatedTIFF, .text, .webp: -1104
            case .heavy, .wide: -1110
            case .noFace: -1101
            case .twoFaces: -1109
            case .dull, .dullPNG: -1102
            }
        }
    }

    @Test(arguments: Picture.allCases) func picturesAreJudged(picture: Picture) async throws {
        try await Bench.with { bench async throws in
            #expect(try await bench.store("E-1", "", try picture.bytes).code == picture.code)
            // A refused picture leaves no file behind.
            let files = try FileManager.default.contentsOfDirectory(
                atPath: bench.appliance.store.folder.file("img").string
            )
            #expect(files.count == (picture.code == 0 ? 1 : 0))
        }
    }

    @Test func withoutDecodingOnlyTheFirstBytesAndTheMarkersCount() async throws {
        try await Bench.with(decodes: false) { bench async throws in
            #expect(try await bench.store("a", "", Picture.truncatedJPEG.bytes).code == 0)
            #expect(try await bench.store("b", "", Picture.text.bytes).code == -1104)
            #expect(try await bench.store("c", "", Picture.noFace.bytes).code == -1101)
        }
    }

    @Test func attributesAreChanged() async throws {
        try await Bench.with { bench async throws in
            _ = try await bench.store("E-1", Self.person)
            let changed = try await bench.json(
                #"{"msg_id":"1033","lib_id":1,"img_id":"E-1","person_age":"90","person_addr":""}"#
            )
            #expect(changed.raw == #"{"code":0,"data":{"img_id":"E-1","lib_id":1},"msg":""}"#)
            let clear = try await bench.json(#"{"msg_id":"1067","lib_id":1,"img_id":"E-1"}"#)
            #expect(clear["data.record.0.person_age"] == "90")
            #expect(clear["data.record.0.person_addr"] == "")
            #expect(clear["data.record.0.person_idcard"] == "123456")
        }
    }

    @Test(arguments: [
        (#"{"msg_id":"1032","lib_id":1,"img_id":"x"}"#, -126), (#"{"msg_id":"1032","lib_id":9,"img_id":"E-1"}"#, -117),
        (#"{"msg_id":"1033","lib_id":1,"img_id":"x"}"#, -126),
        (#"{"msg_id":"1033","lib_id":1,"img_id":"E-1","person_age":"x"}"#, -3596),
        (#"{"msg_id":"1067","lib_id":1}"#, -3596), (#"{"msg_id":"1067","lib_id":1,"uuid":"x"}"#, -126),
        (#"{"msg_id":"1031","lib_id":1,"img_id":"x"}"#, -126), (#"{"msg_id":"1031","lib_id":1,"img_id":"E-1"}"#, 0),
        (#"{"msg_id":"1044","lib_id":1,"img_ids":"x, E-1 ,,y"}"#, 0),
        (#"{"msg_id":"1044","lib_id":1,"img_ids":","}"#, -3596),
        (#"{"msg_id":"1044","lib_id":9,"img_ids":"E-1"}"#, -117), (#"{"msg_id":"1035","lib_id":9}"#, -117),
        (#"{"msg_id":"1035","lib_id":1,"qry_len":51}"#, -3596), (#"{"msg_id":"1035"}"#, -3596),
        (#"{"msg_id":"1051","lib_id":1,"img":{"filename":"x.jpg"}}"#, -3596),
        (#"{"msg_id":"1051","lib_id":9,"img":{"filename":"x.jpg","data":"AAAA"}}"#, -117),
        (#"{"msg_id":"1051","lib_id":1,"img":{"filename":"x.jpg","data":"%%"}}"#, -1104),
        (#"{"msg_id":"1051","lib_id":1,"img":{"filename":"x.jpg","data":""}}"#, -1104),
    ])
    func codes(request: String, code: Int) async throws {
        try await Bench.with { bench async throws in
            _ = try await bench.store("E-1")
            #expect(try await bench.json(request).code == code)
        }
    }

    @Test func atMostFiftyAreDeletedAtATime() async throws {
        try await Bench.with { bench async throws in
            let ids = (0..<51).map { "x\($0)" }
            let request = { (ids: [String]) in
                #"{"msg_id":"1044","lib_id":1,"img_ids":"\#(ids.joined(separator: ","))"}"#
            }
            #expect(try await bench.json(request(ids)).code == -3596)
            #expect(try await bench.json(request(Array(ids.dropLast()))).code == 0)
        }
    }

    @Test func deletedPortraitsAreGoneWithTheirPictures() async throws {
        try await Bench.with { bench async throws in
            for id in ["a", "b", "c"] { _ = try await bench.store(id) }
            #expect(try await bench.json(#"{"msg_id":"1044","lib_id":1,"img_ids":"a,c"}"#).code == 0)
            let list = try await Self.list(bench)
            #expect(list["data.total_num"] == "1")
            #expect(list["data.record.0.img_id"] == "b")
            let files = try FileManager.default.contentsOfDirectory(
                atPath: bench.appliance.store.folder.file("img").string
            )
            #expect(files.count == 1)
            let tally = try await bench.appliance.store.tally()
            #expect(tally.stored == 3 && tally.deleted == 2)
        }
    }

    @Test func listsArePagedInOrderOfTime() async throws {
        try await Bench.with { bench async throws in
            for id in ["c", "a", "b"] {
                _ = try await bench.store(id)
                if id == "a" { bench.time.advance(1) }
            }
            let page = try await bench.json(#"{"msg_id":"1035","lib_id":1,"start_no":2,"qry_len":2}"#)
            #expect(page["data.record.0.img_id"] == "a")
            #expect(page["data.record.1.img_id"] == "b")
            #expect(page["data.total_num"] == "3")
            let early = try await bench.json(#"{"msg_id":"1035","lib_id":1,"create_time":"2027-01-15 08:00:00"}"#)
            #expect(early["data.total_num"] == "2")
        }
    }

    @Test func facesAreDetectedWithoutStoring() async throws {
        try await Bench.with { bench async throws in
            let two = try Pictures.jpeg(comment: "facelib-fixture:faces=2")
            let single = try await bench.form(["msg_id": "769"], [("img", "x.jpg", try Pictures.jpeg())])
            #expect(single["data.quality"] == "67")
            #expect(single["data.coordinate"] == "12,16,36,48")
            #expect(try await bench.form(["msg_id": "769"], [("img", "x.jpg", two)]).code == -1109)
            let faces = try await bench.form(["msg_id": "782"], [("img", "x.jpg", two)])
            #expect(faces["data"] == "[2]")
            #expect(faces["data.1.img_path"]?.hasPrefix("tmp/") == true)
            let data = Bench.base64(try Pictures.jpeg(comment: "facelib-fixture:quality=81"))
            let scored = try await bench.json(#"{"msg_id":"779","img":{"filename":"x.jpg","data":"\#(data)"}}"#)
            #expect(scored["data.quality"] == "81")
            #expect(scored["data.attribute.st_age"] == "st_adult")
            #expect(try await Self.list(bench)["data.total_num"] == "0")
        }
    }
}
