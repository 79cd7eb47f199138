// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import FaceSimulator

@Suite struct JSONTests {
    private static func members(_ text: String) throws -> Fields {
        guard case .object(let members) = try JSONParser.parse(Array(text.utf8)) else { throw JSONParser.Malformed() }
        return Fields(members, isStrict: false)
    }

    @Test(arguments: [
        (#"{"a":"plain"}"#, "plain"), (#"{"a":"\"\\\/\b\f\n\r\t"}"#, "\"\\/\u{8}\u{C}\n\r\t"),
        (#"{"a":"\u00e9\ud83d\ude00"}"#, "é😀"), (#"{"a":"x\\"}"#, "x\\"), (#"{"a":12}"#, "12"), (#"{"a":12.0}"#, "12"),
        (#"{"a":1,"a":"last wins"}"#, "last wins"), ("\u{FEFF} {\n\t\"a\" : \"bom\" }\r\n", "bom"),
    ])
    func textsAreRead(json: String, text: String) throws {
        #expect(try Self.members(json).text("a") == text)
    }

    @Test(arguments: [
        "", "{", "{]", #"{"a"}"#, #"{"a":}"#, #"{"a":1,}"#, "[1,]", #"{"a":"x}"#, #"{"a":tru}"#, "{} x", "nul", "[--1]",
        #"{a:1}"#, String(repeating: "[", count: 100),
    ])
    func whatIsNoJSONIsRefused(json: String) {
        #expect(throws: JSONParser.Malformed.self) { try JSONParser.parse(Array(json.utf8)) }
    }

    @Test(arguments: [(#"{"n":12}"#, 12), (#"{"n":"12"}"#, 12), (#"{"n":12.0}"#, 12), (#"{"n":-3}"#, -3)])
    func numbersAreReadLeniently(json: String, number: Int) throws {
        #expect(try Self.members(json).integer("n") == number)
    }

    @Test(arguments: [#"{"n":"x"}"#, #"{"n":1.5}"#, #"{"n":[]}"#, #"{"n":true}"#])
    func whatIsNoNumberIsAParameterError(json: String) throws {
        let fields = try Self.members(json)
        let fault = #expect(throws: DeviceFault.self) { try fields.integer("n") }
        #expect(fault?.code == .parameter)
    }

    @Test func writtenTextsAreEscaped() {
        var writer = JSONWriter()
        writer.value(.object([("a", .text("\"\\\n\u{1}é")), ("b", .list([.integer(-1), .null]))]))
        #expect(String(decoding: writer.bytes, as: UTF8.self) == #"{"a":"\"\\\n\u0001é","b":[-1,null]}"#)
    }

    @Test(arguments: [
        (0.0, "1970-01-01 00:00:00"), (951_782_399.9, "2000-02-28 23:59:59"), (951_782_400, "2000-02-29 00:00:00"),
        (1_800_000_000, "2027-01-15 08:00:00"),
    ])
    func timesAreWrittenAsTheDeviceDoes(seconds: Double, text: String) {
        #expect(DeviceClock.text(seconds) == text)
    }
}
