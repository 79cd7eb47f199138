// SPDX-License-Identifier: Apache-2.0
import FaceModel
import ScriptedServer
import Synchronization
import Testing

@testable import FaceDevice

@Suite(.timeLimit(.minutes(20))) struct RetryingDeviceTests {
    private let clock = NotedClock()
    private let told = Told()

    /// Without chance: every pause is as long as it may be.
    private func retrying(_ device: HTTPDevice, _ patience: Patience = .standard) -> RetryingDevice {
        RetryingDevice(device, patience: patience, clock: clock, random: { 1 }, tell: { [told] in told.note($0) })
    }

    private func failing(_ message: String, times: Int, with reply: String) throws -> Appliance {
        let calls = Counter()
        return try Appliance { asked, _, _ in
            guard asked == message else { return nil }
            return calls.next() <= times ? reply : #"{"code":0,"data":{"saved_time":7}}"#
        }
    }

    /// Answers 1306, and 1903 only from a call on.
    private func away(for times: Int, _ action: ScriptedServer.Action = .text("", status: 503)) throws -> Appliance {
        let calls = Counter()
        return try Appliance(
            raw: { message, _ in message == "1903" && calls.next() <= times ? action : nil },
            answer: { message, _, _ in
                message == "1306"
                    ? #"{"code":0,"data":{"https_stat":"https"}}"# : #"{"code":0,"data":{"saved_time":7}}"#
            }
        )
    }

    @Test func aReadThatTheDeviceRefusesForNowIsTriedThreeTimes() async throws {
        let appliance = try failing("1903", times: 2, with: #"{"code":-3524}"#)
        try await appliance.with { check(try await retrying($0).retentionDays(), 7) }
        #expect(clock.sleeps == [.milliseconds(500), .seconds(2)])
        let broken = try failing("1903", times: 9, with: #"{"code":-1}"#)
        try await broken.with { device in
            let error = await #expect(throws: DeviceError.self) { try await retrying(device).retentionDays() }
            #expect(error?.deviceCode == -1)
        }
        #expect(broken.calls("1903").count == 3)
    }

    @Test func whatCannotPassIsNotTriedAgain() async throws {
        let appliance = try failing("1903", times: 9, with: #"{"code":-3599}"#)
        try await appliance.with { device in
            _ = await #expect(throws: DeviceError.self) { try await retrying(device).retentionDays() }
        }
        #expect(appliance.calls("1903").count == 1)
    }

    @Test(arguments: [#"{"code":-3524}"#, ""]) func aWriteIsNeverRepeated(reply: String) async throws {
        let appliance = try failing("1051", times: 9, with: reply)
        try await appliance.with { device in
            _ = await #expect(throws: DeviceError.self) { try await retrying(device).store(try portrait("E-1"), in: 1) }
        }
        #expect(appliance.calls("1051").count == 1)
    }

    @Test func aDeviceThatStartsAnewIsWaitedForAndThatIsTold() async throws {
        let appliance = try away(for: 7)
        try await appliance.with { device in
            let patient = retrying(device)
            _ = try await patient.protocolMode()
            check(try await patient.retentionDays(), 7)
        }
        #expect(clock.sleeps.map { $0 / .seconds(1) } == [0.5, 1, 2, 4, 8, 10, 10])
        #expect(told.all.count == 2)
        #expect(told.all.first?.contains("waiting for it, for up to") == true)
        #expect(told.all.last == "device hq answers again after 35 s")
    }

    @Test func patienceEndsAndManyCallsDoNotLengthenIt() async throws {
        let appliance = try away(for: .max)
        try await appliance.with { device in
            let patient = retrying(device)
            _ = try await patient.protocolMode()
            for _ in 0..<3 { _ = await #expect(throws: DeviceError.self) { try await patient.retentionDays() } }
        }
        #expect(clock.sleeps.reduce(.zero, +) == .seconds(60))
    }

    @Test(arguments: [(Patience.standard, 3), (.quick, 3), (Patience(atFirst: .seconds(20), later: .seconds(20)), 20)])
    func aDeviceThatNeverAnsweredIsGivenUpSoon(patience: Patience, seconds: Int) async throws {
        let appliance = try away(for: .max)
        try await appliance.with { device in
            _ = await #expect(throws: DeviceError.self) { try await retrying(device, patience).retentionDays() }
        }
        #expect(clock.sleeps.reduce(.zero, +) == .seconds(seconds))
    }

    @Test(arguments: [("7", 7), ("90", 60), ("Mon, 30 Nov 2026 10:00:09 GMT", 9), ("soon", 0)])
    func theTimeThatTheDeviceNamesIsKeptWithinBounds(value: String, seconds: Int) async throws {
        let head = "HTTP/1.1 503 Busy\r\nDate: Mon, 30 Nov 2026 10:00:00 GMT\r\nRetry-After: \(value)"
        let appliance = try away(for: 1, .raw(Array("\(head)\r\nContent-Length: 0\r\n\r\n".utf8)))
        try await appliance.with { device in
            let patient = retrying(device)
            _ = try await patient.protocolMode()
            check(try await patient.retentionDays(), 7)
        }
        #expect(clock.sleeps == [seconds == 0 ? .milliseconds(500) : .seconds(seconds)])
    }

    @Test func aLibraryWhoseAnswerWasLostIsLookedForAndNotMadeTwice() async throws {
        let appliance = try Appliance(
            raw: { message, _ in message == "1025" ? .hangUp : nil },
            answer: { message, _, _ in
                message == "1028" ? #"{"code":0,"data":[{"lib_id":4,"lib_name":"Staff","lib_type":2}]}"# : nil
            }
        )
        try await appliance.with { device in
            check(try await retrying(device).createLibrary(named: "Staff", type: .whitelist).id, 4)
            _ = await #expect(throws: DeviceError.self) {
                try await retrying(device).createLibrary(named: "Other", type: .whitelist)
            }
        }
        #expect(appliance.calls("1025").count == 2)
    }
}

/// What was told, in order.
private final class Told: Sendable {
    private let sentences = Mutex<[String]>([])
    var all: [String] { sentences.withLock { $0 } }
    func note(_ sentence: String) { sentences.withLock { $0.append(sentence) } }
}
