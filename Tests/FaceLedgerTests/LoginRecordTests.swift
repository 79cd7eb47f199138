// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import Foundation
import Testing

@Suite struct LoginRecordTests {
    private let folder: TemporaryFolder
    private let failure = LoginFailure(kind: .unanswered, count: 2, time: 1_795_342_502, words: "no\nanswer")

    init() throws { folder = try TemporaryFolder() }

    private func turn(_ account: String = "https://h\nadmin") throws -> LoginTurn {
        try #require(try LoginRecords(directory: folder.path).turn(of: account))
    }

    @Test func aFailureIsRememberedForItsPasswordAndForgottenAfterASuccess() throws {
        try turn().remember(failure, of: "Secret-1")
        var expected = failure
        expected.words = "no answer"
        #expect(try turn().failure(of: "Secret-1") == expected)
        #expect(try turn().failure(of: "Secret-2") == nil)
        #expect(try turn("https://h\nother").failure(of: "Secret-1") == nil)
        try turn().forget()
        #expect(try turn().failure(of: "Secret-1") == nil)
    }

    @Test func onlyOneProcessLogsInAtATime() throws {
        let records = LoginRecords(directory: folder.path)
        let first = try #require(try records.turn(of: "a"))
        #expect(try records.turn(of: "a") == nil)
        #expect(try records.turn(of: "b") != nil)
        first.release()
        #expect(try records.turn(of: "a") != nil)
    }

    @Test func neitherPasswordNorAddressNorUserStandInTheFolder() throws {
        try turn().remember(failure, of: "Secret-1")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path + "/logins")
        let path = try folder.path + "/logins/" + #require(files.first)
        let text = try String(contentsOfFile: path, encoding: .utf8)
        for secret in ["Secret-1", "https", "admin"] { #expect(!(path + text).contains(secret)) }
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
    }
}
