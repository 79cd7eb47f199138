// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import ScriptedServer
import Synchronization
import Testing

/// A clock that notes how long it was asked to sleep, and does not.
private final class NotedClock: Clock, Sendable {
    struct Instant: InstantProtocol {
        var offset: Duration
        func advanced(by duration: Duration) -> Instant { Instant(offset: offset + duration) }
        func duration(to other: Instant) -> Duration { other.offset - offset }
        static func < (left: Instant, right: Instant) -> Bool { left.offset < right.offset }
    }

    private let offset = Mutex(Duration.zero)
    private let noted = Mutex<[Duration]>([])
    var sleeps: [Duration] { noted.withLock { $0 } }
    var now: Instant { Instant(offset: offset.withLock { $0 }) }
    var minimumResolution: Duration { .nanoseconds(1) }

    func sleep(until deadline: Instant, tolerance: Duration?) async throws {
        let now = now
        noted.withLock { $0.append(now.duration(to: deadline)) }
        offset.withLock { $0 = deadline.offset }
    }
}

@Suite(.timeLimit(.minutes(5))) struct RetryingDeviceTests {
    private func failing(_ message: String, times: Int, with reply: String) throws -> Appliance {
        let calls = Counter()
        return try Appliance { asked, _, _ in
            guard asked == message else { return nil }
            return calls.next() <= times ? reply : #"{"code":0,"data":{"saved_time":7}}"#
        }
    }

    @Test func aReadIsTriedThreeTimesWithWaits() async throws {
        let appliance = try failing("1903", times: 2, with: #"{"code":-3524}"#)
        let clock = NotedClock()
        try await appliance.with { check(try await RetryingDevice($0, clock: clock).retentionDays(), 7) }
        #expect(clock.sleeps == [.milliseconds(500), .seconds(2)])
    }

    @Test func theThirdFailureIsTold() async throws {
        let appliance = try failing("1903", times: 9, with: #"{"code":-1}"#)
        try await appliance.with { device in
            let error = await #expect(throws: DeviceError.self) {
                try await RetryingDevice(device, clock: NotedClock()).retentionDays()
            }
            #expect(error?.deviceCode == -1)
        }
        #expect(appliance.calls("1903").count == 3)
    }

    @Test func whatCannotPassIsNotTriedAgain() async throws {
        let appliance = try failing("1903", times: 9, with: #"{"code":-3599}"#)
        try await appliance.with { device in
            _ = await #expect(throws: DeviceError.self) {
                try await RetryingDevice(device, clock: NotedClock()).retentionDays()
            }
        }
        #expect(appliance.calls("1903").count == 1)
    }

    @Test func aWriteIsNeverRepeated() async throws {
        let appliance = try failing("1051", times: 9, with: #"{"code":-3524}"#)
        try await appliance.with { device in
            _ = await #expect(throws: DeviceError.self) {
                try await RetryingDevice(device, clock: NotedClock()).store(try portrait("E-1"), in: 1)
            }
        }
        #expect(appliance.calls("1051").count == 1)
    }
}
