// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import FaceDevice

@Suite struct JSONTests {
    private func parse(_ text: String) throws -> JSONValue { try JSONParser.value(of: Array(text.utf8)) }

    @Test(arguments: [
        #"{"a":1,"b":[true,false,null,-1.5e+3],"c":{"d":""}}"#, "[]", "{}", "0", #""\"\\\n\r\t""#, "[[[1]]]",
        #"{"id":1287281518932891256}"#,
    ])
    func whatIsReadIsWrittenTheSame(text: String) throws {
        var bytes: [UInt8] = []
        bytes.appendJSON(try parse(text))
        #expect(String(decoding: bytes, as: UTF8.self) == text)
    }

    @Test(arguments: [
        (#""\u5f20\u4e09\/\b\f""#, "张三/\u{8}\u{C}"), (#""\ud83d\ude00""#, "😀"), (#""\ud83d""#, "\u{FFFD}"),
        (#""\ud83dx""#, "\u{FFFD}x"),
        (#""\ud83d\u0041""#, "\u{FFFD}A"), ("\"张\"", "张"), ("\" a \"", " a "),
    ])
    func textsAreUnescaped(text: String, value: String) throws {
        #expect(try parse(text).text == value)
    }

    @Test(arguments: [
        "", " ", "{", "}", "[1,]", "{\"a\":1,}", "{a:1}", "{\"a\" 1}", "[1 2]", "01", "1.", "-", "1e", "tru", "nulL",
        "\"", "\"\\x\"",
        "\"\\u12\"", "\"\n\"", "[1]]", "'a'", String(repeating: "[", count: 100_000),
    ])
    func everythingElseIsRefused(text: String) {
        #expect(throws: JSONParser.Failure.self) { try parse(text) }
    }

    @Test func everyPrefixOfAReplyIsRefusedWithoutACrash() {
        let bytes = Array(#"{"code":0,"data":{"a":"\u5f20\ud83d\ude00","b":[1.5,true,null]},"msg":"x"}"#.utf8)
        for count in 0..<bytes.count {
            #expect(throws: JSONParser.Failure.self) { try JSONParser.value(of: Array(bytes[..<count])) }
        }
    }

    @Test func ofRepeatedKeysTheLastCounts() throws {
        #expect(try parse(#"{"a":1,"a":2}"#)["a"]?.integer == 2)
    }

    @Test(arguments: [
        ("12", 12), ("\"12\"", 12), ("12.0", 12), ("\"12.0\"", 12), ("1e2", 100), ("12.5", nil), ("\"\"", nil),
        ("null", nil), ("[]", nil),
    ])
    func integersAreReadLeniently(text: String, value: Int?) throws {
        #expect(try parse(text).integer == value)
    }

    @Test func controlCharactersAreEscaped() {
        var bytes: [UInt8] = []
        bytes.appendJSON("a\u{1}\u{1F}\u{7F}\"\\\n")
        #expect(String(decoding: bytes, as: UTF8.self) == "\"a\\u0001\\u001f\u{7F}\\\"\\\\\\n\"")
    }
}
