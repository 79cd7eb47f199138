// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Logging
import Testing

@testable import FaceCommands

@Suite struct OutputTests {
    @Test func logsHoldNothingThatIsPersonalOrSecret() {
        let streams = Streams()
        let logger = streams.invocation(.parsing("--verbose")).logger
        logger.debug(
            "sent",
            metadata: [
                "img_id": "E-17", "name": "Ann", "identity": "110101", "address": "Oslo", "password": "hunter2",
                "session_id": "128", "zippasswd": "zip", "fields": ["person_name": "Ann", "camera_pwd": "cam"],
                "url": "rtsp://admin:admin123@10.0.0.1/x", "mod_passwd_flag": "1",
            ]
        )
        let line = streams.errors.text
        for secret in ["Ann", "110101", "Oslo", "hunter2", "128", "zip ", "cam", "admin123"] {
            #expect(!line.contains("=\(secret)") && !line.contains(secret + "@"), "\(line)")
        }
        #expect(line.contains("img_id=E-17"))
        #expect(line.contains("mod_passwd_flag=1"))
        #expect(line.contains("rtsp://••••@10.0.0.1/x"))
    }

    @Test func namesStandInLogsWhenAskedFor() {
        let streams = Streams()
        let logger = streams.invocation(.parsing("--verbose", "--show-personal-data")).logger
        logger.debug("sent", metadata: ["name": "Ann", "identity": "110101"])
        #expect(streams.errors.text == "debug: sent identity=•••• name=Ann\n")
    }

    @Test func onlyWarningsAreLoggedUnlessAskedFor() {
        let streams = Streams()
        let logger = streams.invocation(.parsing()).logger
        logger.info("chatter")
        logger.warning("mind this")
        #expect(streams.errors.text == "warning: mind this\n")
    }

    @Test(arguments: [
        (
            "{\"code\":0,\"data\":{\"session_id\":\"12\",\"retry_times\":4}}", 257,
            #"{"code":0,"data":{"session_id":"••••","retry_times":4}}"#
        ),
        ("{\"code\":0,\"data\":\"1287\"}", 257, #"{"code":0,"data":"••••"}"#),
        ("{\"code\":0,\"data\":\"9865\",\"msg\":\"\"}", 1322, #"{"code":0,"data":"••••","msg":""}"#),
        ("{\"data\":\"plain\"}", 1281, #"{"data":"plain"}"#),
        (
            "{\"data\":{\"camera\":[{\"camera_pwd\":1,\"url\":\"rtsp://a:b@c:554/d\"}]}}", 516,
            #"{"data":{"camera":[{"camera_pwd":"••••","url":"rtsp://••••@c:554/d"}]}}"#
        ),
        (
            "{\"export_url\":\"tmp/a.zip\",\"zippasswd\":\"pw\",\"key\":\"k\",\"https_key\":\"\"}", 1038,
            #"{"export_url":"tmp/a.zip","zippasswd":"••••","key":"••••","https_key":""}"#
        ),
        ("{\"mod_passwd_flag\":1,\"key_person_cnt\":3}", 1050, #"{"mod_passwd_flag":1,"key_person_cnt":3}"#),
    ])
    func secretsInRepliesAreCovered(reply: String, message: Int, shown: String) throws {
        #expect(Redaction.withoutSecrets(try JSONReader.value(in: reply), of: message).line == shown)
    }

    @Test(arguments: [
        "{\"b\":1,\"a\":[true,false,null,-0.5e+10],\"c\":{}}", "[]", "\"\\u0001\\\"\\\\/é😀\"", "12345678901234567890",
    ])
    func jsonKeepsItsOrderAndItsDigits(text: String) throws {
        #expect(try JSONReader.value(in: text).line == text)
    }

    @Test func jsonEscapesAreRead() throws {
        #expect(try JSONReader.value(in: #" "\u0041\ud83d\ude00\n\/" "#) == .string("A😀\n/"))
    }

    @Test(arguments: [
        "", "{", "{\"a\":1", "[1", "{\"a\"}", "[1,]", "{\"a\":1,}", "01", "1.", "+1", "tru", "\"a", "\"\n\"",
        "\"\\ud800\"", "\"\\x\"",
        "1 2", "nul", "\u{FEFF}1", "{a:1}", String(repeating: "[", count: 100),
    ])
    func whatIsNotJSONIsRefused(text: String) {
        #expect(throws: JSONReader.Problem.self) { try JSONReader.value(in: text) }
    }

    @Test func namesFromOutsideCannotCommandTheTerminal() {
        #expect("a\u{1B}[31m\u{9B}b\u{202E}c\r\n".printable == "a\u{FFFD}[31m\u{FFFD}b\u{FFFD}c\u{FFFD}\n")
        #expect(columns([["员工", "1"], ["Staff", "2"]]) == ["员工   1", "Staff  2"])
    }

    @Test(arguments: [("quality.blured", "quality.blurred"), ("face.non", "face.none"), ("blurred", "quality.blurred")])
    func whatWasMeantIsFound(typed: String, meant: String) {
        #expect(
            Nearest.names(to: typed, among: ["quality.blurred", "quality.dark", "face.none", "face.many"]).first
                == meant
        )
    }

    @Test func theStateFolderIsMadeForThisUserOnly() async throws {
        let harness = try CommandHarness()
        #expect(try TextFile.makePrivateFolder("\(harness.folder)/a/b/facelib"))
        #expect(try harness.mode(of: "a/b/facelib") == 0o700)
        #expect(try TextFile.makePrivateFolder("\(harness.folder)/a/b/facelib/"))
        try harness.write("", to: "file")
        #expect(throws: CommandError.self) { try TextFile.makePrivateFolder("\(harness.folder)/file/x") }
        #expect(throws: CommandError.self) { try TextFile.makePrivateFolder("\(harness.folder)/file") }
    }
}
