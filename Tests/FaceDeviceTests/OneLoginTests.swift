// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import Logging
import ScriptedServer
import Testing

/// A password goes out once a command, whatever comes back: three failures ask for a code, five lock the user.
@Suite(.timeLimit(.minutes(20))) struct OneLoginTests {
    /// What comes back, and what it is taken for.
    struct Failure: Sendable, CustomTestStringConvertible {
        let testDescription: String
        let action: ScriptedServer.Action
        let code: DeviceError.Code
        var words = ""
    }

    private static func raw(_ head: String, _ body: String = "") -> ScriptedServer.Action {
        .raw(Array("HTTP/1.1 \(head)\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)".utf8))
    }

    private static let page = "<!DOCTYPE html><title>Router</title>"

    static let failures = [
        Failure(testDescription: "closed", action: .hangUp, code: .loginUnanswered, words: "without an answer"),
        Failure(
            testDescription: "cut headers",
            action: .raw(Array("HTTP/1.1 200 OK\r\nCont".utf8)),
            code: .loginUnanswered
        ),
        Failure(
            testDescription: "cut body",
            action: .raw(Array("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{".utf8)),
            code: .loginUnanswered
        ),
        Failure(
            testDescription: "no HTTP",
            action: .raw(Array("SSH-2.0-x\r\n".utf8)),
            code: .notADevice,
            words: "https"
        ),
        Failure(testDescription: "500", action: raw("500 Error"), code: .loginUnanswered, words: "HTTP 500"),
        Failure(testDescription: "502 page", action: raw("502 Bad Gateway", page), code: .loginUnanswered),
        Failure(testDescription: "503", action: raw("503 Busy\r\nRetry-After: 1"), code: .loginUnanswered),
        Failure(testDescription: "504 page", action: raw("504 Timeout", page), code: .loginUnanswered),
        Failure(testDescription: "429", action: raw("429 Slow Down"), code: .loginUnanswered),
        Failure(testDescription: "413", action: raw("413 Large"), code: .loginUnanswered),
        Failure(
            testDescription: "301 to https",
            action: raw("301 Moved\r\nLocation: https://10.5.2.81/api/json"),
            code: .redirected,
            words: #"url = "https://10.5.2.81" in"#
        ),
        Failure(
            testDescription: "302 elsewhere",
            action: raw("302 Found\r\nLocation: http://user:pw@portal.example:8080/x?y"),
            code: .redirected,
            words: "url = \"http://portal.example:8080\""
        ),
        Failure(
            testDescription: "303",
            action: raw("303 Other\r\nLocation: /x"),
            code: .redirected,
            words: "another box"
        ),
        Failure(testDescription: "307", action: raw("307 Temp\r\nLocation: https://h"), code: .redirected),
        Failure(testDescription: "308", action: raw("308 Perm\r\nLocation: https://h"), code: .redirected),
        Failure(testDescription: "page", action: raw("200 OK", page), code: .notADevice, words: "a web page"),
        Failure(
            testDescription: "404 page",
            action: raw("404 Not Found", page),
            code: .notADevice,
            words: "another box"
        ),
        Failure(testDescription: "404", action: raw("404 Not Found"), code: .notADevice),
        Failure(testDescription: "401", action: raw("401 Unauthorized"), code: .loginRefused),
        Failure(testDescription: "nothing", action: raw("200 OK"), code: .malformedReply),
        Failure(testDescription: "cut JSON", action: raw("200 OK", #"{"code":0,"da"#), code: .malformedReply),
        Failure(testDescription: "no session", action: raw("200 OK", #"{"code":0,"data":""}"#), code: .malformedReply),
        Failure(testDescription: "-1", action: raw("200 OK", #"{"code":-1}"#), code: .loginUnanswered),
        Failure(testDescription: "-3524", action: raw("200 OK", #"{"code":-3524}"#), code: .loginUnanswered),
        Failure(testDescription: "-113", action: raw("200 OK", #"{"code":-113}"#), code: .loginRefused),
    ]

    @Test(arguments: failures) func thePasswordGoesOutOnce(_ failure: Failure) async throws {
        let appliance = try Appliance(raw: { message, _ in message == "257" ? failure.action : nil })
        try await appliance.with { device in
            let patient = RetryingDevice(device, clock: NotedClock())
            // Two connections at once, and again later.
            for _ in 0..<2 {
                async let first = failing { try await patient.identity() }
                async let second = failing { try await patient.libraries() }
                for error in await [first, second] {
                    #expect(error?.code == failure.code)
                    #expect(error?.message.contains(failure.words) != false || failure.words.isEmpty)
                    #expect(error?.message.contains("Secret-1") == false)
                }
            }
        }
        #expect(appliance.calls("257").count == 1)
        #expect(appliance.server.requests.count == 1)
    }

    private func failing<Value>(_ call: () async throws -> Value) async -> DeviceError? {
        do {
            _ = try await call()
            return nil
        } catch { return error as? DeviceError }
    }

    @Test func aLoginThatWasInterruptedIsNotTakenOver() async throws {
        let appliance = try Appliance(raw: { message, _ in
            message == "257" ? .wait(.seconds(3), then: .hangUp) : nil
        })
        try await appliance.with { device in
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    await withTaskGroup(of: Void.self) { first in
                        first.addTask { _ = try? await device.identity() }
                        while appliance.calls("257").isEmpty { try? await Task.sleep(for: .milliseconds(2)) }
                        first.cancelAll()
                        while await first.next() != nil {}
                    }
                }
                group.addTask {
                    while appliance.calls("257").isEmpty { try? await Task.sleep(for: .milliseconds(2)) }
                    let error = await failing { try await device.identity() }
                    #expect(error?.code == .loginUnanswered)
                }
                while await group.next() != nil {}
            }
        }
        #expect(appliance.calls("257").count == 1)
    }

    @Test func aReadIsToldThatItIsSentElsewhereAndIsNotTriedAgain() async throws {
        let appliance = try Appliance(raw: { message, _ in
            message == "1028" ? Self.raw("301 Moved\r\nLocation: https://10.5.2.81/") : nil
        })
        try await appliance.with { device in
            let error = await failing { try await RetryingDevice(device, clock: NotedClock()).libraries() }
            #expect(error?.code == .redirected)
        }
        #expect(appliance.calls("1028").count == 1)
    }
}
