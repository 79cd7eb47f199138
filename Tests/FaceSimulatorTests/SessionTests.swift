// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import FaceSimulator

@Suite struct SessionTests {
    private static func logIn(_ bench: Bench, _ pwd: String, code: String? = nil, user: String = "admin") async throws
        -> Answer
    {
        let extra = code.map { #","verify_code":"\#($0)""# } ?? ""
        return try await bench.json(
            #"{"msg_id":"257","user_name":"\#(user)","user_pwd":"\#(pwd)"\#(extra)}"#,
            session: ""
        )
    }

    private static let right = "Facelib-2026"

    @Test func aLoginGivesNineteenDigits() async throws {
        try await Bench.with { bench async throws in
            let answer = try await Self.logIn(bench, Self.right)
            #expect(answer.code == 0)
            #expect(answer["data"]?.count == 19)
            #expect(try await bench.json(#"{"msg_id":"1028"}"#, session: answer["data"]).code == 0)
        }
    }

    @Test func failuresCountDownAskForACodeAndLock() async throws {
        try await Bench.with { bench async throws in
            for remaining in ["4", "3", "2"] {
                let answer = try await Self.logIn(bench, "wrong")
                #expect(answer.code == -113)
                #expect(answer["data.retry_times"] == remaining)
            }
            // The fourth attempt needs a code, even with the right password, and counts without one.
            #expect(try await Self.logIn(bench, Self.right)["data.retry_times"] == "1")
            #expect(try await Self.logIn(bench, Self.right, code: "0")["data.retry_times"] == "0")
            let code = try await bench.json(#"{"msg_id":"1322"}"#, session: "")["data"]
            #expect(try await Self.logIn(bench, Self.right, code: code)["data.retry_times"] == "0")
            bench.time.advance(299)
            #expect(try await Self.logIn(bench, Self.right, code: code).code == -113)
            #expect(try await Self.logIn(bench, Self.right, user: "other").code == -113)
            bench.time.advance(1)
            #expect(try await Self.logIn(bench, Self.right).code == 0)
        }
    }

    @Test func theLastCodeIssuedIsGoodForOneAttempt() async throws {
        try await Bench.with { bench async throws in
            for _ in 0..<3 { _ = try await Self.logIn(bench, "wrong") }
            let old = try await bench.json(#"{"msg_id":"1322"}"#, session: "")["data"]
            var new = try await bench.json(#"{"msg_id":"1322"}"#, session: "")["data"]
            while new == old { new = try await bench.json(#"{"msg_id":"1322"}"#, session: "")["data"] }
            #expect(try await Self.logIn(bench, Self.right, code: new).code == 0)
            for _ in 0..<3 { _ = try await Self.logIn(bench, "wrong") }
            #expect(try await Self.logIn(bench, Self.right, code: new).code == -113)
        }
    }

    @Test func successForgetsFailures() async throws {
        try await Bench.with { bench async throws in
            for _ in 0..<2 { _ = try await Self.logIn(bench, "wrong") }
            #expect(try await Self.logIn(bench, Self.right).code == 0)
            #expect(try await Self.logIn(bench, "wrong")["data.retry_times"] == "4")
        }
    }

    @Test func aSessionEndsAfterHalfAnHourWithoutACall() async throws {
        try await Bench.with { bench async throws in
            for _ in 0..<3 {
                bench.time.advance(1799)
                #expect(try await bench.json(#"{"msg_id":"1028"}"#).code == 0)
            }
            bench.time.advance(1799)
            #expect(bench.appliance.sessions.isOpen(bench.session))
            bench.time.advance(1)
            #expect(try await bench.json(#"{"msg_id":"1028"}"#).code == -141)
        }
    }

    @Test func logoutEndsTheSession() async throws {
        try await Bench.with { bench async throws in
            #expect(try await bench.json(#"{"msg_id":"258"}"#).raw == #"{"code":0,"data":"","msg":""}"#)
            #expect(try await bench.json(#"{"msg_id":"258"}"#).code == -141)
        }
    }

    @Test func loginQuirks() async throws {
        try await Bench.with("login_object", "must_change_password") { bench async throws in
            let answer = try await Self.logIn(bench, Self.right)
            #expect(answer["data.session_id"]?.count == 19)
            #expect(answer["data.mod_passwd_flag"] == "1")
        }
        try await Bench.with("login_fail_plain") { bench async throws in
            #expect(try await Self.logIn(bench, "wrong").raw.contains(#""data":"""#))
        }
        try await Bench.with("user_unknown_108") { bench async throws in
            #expect(try await Self.logIn(bench, Self.right, user: "other").code == -108)
        }
        try await Bench.with("verify_param_error") { bench async throws in
            for _ in 0..<3 { _ = try await Self.logIn(bench, "wrong") }
            for _ in 0..<9 { #expect(try await Self.logIn(bench, Self.right).code == -3596) }
        }
        try await Bench.with("never_verify") { bench async throws in
            for _ in 0..<4 { _ = try await Self.logIn(bench, "wrong") }
            #expect(try await Self.logIn(bench, Self.right).code == 0)
        }
        try await Bench.with("lock_global") { bench async throws in
            for _ in 0..<5 { _ = try await Self.logIn(bench, "wrong", user: "other") }
            #expect(try await Self.logIn(bench, Self.right).code == -113)
        }
        try await Bench.with("lock_extends") { bench async throws in
            for _ in 0..<5 { _ = try await Self.logIn(bench, "wrong") }
            bench.time.advance(200)
            _ = try await Self.logIn(bench, Self.right)
            bench.time.advance(200)
            #expect(try await Self.logIn(bench, Self.right).code == -113)
        }
        try await Bench.with("verify_needs_session") { bench async throws in
            #expect(try await bench.json(#"{"msg_id":"1322"}"#, session: "").code == -141)
        }
    }

    @Test func sessionQuirks() async throws {
        try await Bench.with("session_ttl=10", "expired_code") { bench async throws in
            bench.time.advance(10)
            #expect(try await bench.json(#"{"msg_id":"1028"}"#).code == -140)
        }
        try await Bench.with("drop_session_after=2") { bench async throws in
            let codes = try await [0, 1, 2].asyncMap { _ in try await bench.json(#"{"msg_id":"1028"}"#).code }
            #expect(codes == [0, 0, -141])
        }
        try await Bench.with("single_session") { bench async throws in
            _ = try await Self.logIn(bench, Self.right)
            #expect(try await bench.json(#"{"msg_id":"1028"}"#).code == -141)
        }
    }
}

extension Sequence {
    func asyncMap<Result>(_ transform: (Element) async throws -> Result) async rethrows -> [Result] {
        var results: [Result] = []
        for element in self { results.append(try await transform(element)) }
        return results
    }
}
