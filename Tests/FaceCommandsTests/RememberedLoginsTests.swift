// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceModel
import Foundation
import Synchronization
import Testing

@testable import FaceCommands

/// Two commands, one after the other: the second one knows what became of the first one's login.
@Suite struct RememberedLoginsTests {
    private final class Bench: Sendable {
        let folder = FileManager.default.temporaryDirectory.appending(path: UUID().uuidString).path
        let seconds = Mutex(1_795_342_502)
        let logins = Mutex(0)

        deinit { try? FileManager.default.removeItem(atPath: folder) }

        /// A command that logs in; returns how that failed.
        func command(
            _ failure: DeviceError?,
            after wait: Int = 0,
            password: String = "Secret-1",
            url: String = "http://10.5.2.81",
            again: Bool = false
        ) async -> DeviceError? {
            seconds.withLock { $0 += wait }
            let memory = RememberedLogins(
                records: LoginRecords(directory: folder),
                clock: ImmediateClock(),
                now: { [self] in seconds.withLock { $0 } },
                mayTryAgain: again,
                warn: { _ in }
            )
            let settings = DeviceSettings(name: "hq", url: url, user: "admin", password: Secret(password))
            do {
                _ = try await memory.once(settings) {
                    logins.withLock { $0 += 1 }
                    if let failure { throw failure }
                    return "s1"
                }
                return nil
            } catch { return error as? DeviceError }
        }

        var count: Int { logins.withLock { $0 } }
    }

    private let bench = Bench()
    private static let refused = DeviceError(.loginRefused, "it said no")
    private static let lost = DeviceError(.loginUnanswered, "no answer came")
    private static let elsewhere = DeviceError(.redirected, "it is at https://10.5.2.81 now")

    @Test(arguments: [(refused, 864_000), (lost, 59), (elsewhere, 864_000)])
    func thePasswordIsNotSentAgainByTheNextCommand(failure: DeviceError, wait: Int) async {
        _ = await bench.command(failure)
        let error = await bench.command(failure, after: wait)
        #expect(error?.code == failure.code)
        #expect(error?.message.contains(failure.message) == true)
        #expect(error?.message.contains("device check hq --log-in-again") == true)
        #expect(bench.count == 1)
    }

    @Test func aLostLoginIsTriedAgainLaterAndLater() async {
        for (wait, logins) in [(0, 1), (60, 2), (3599, 2), (1, 3), (86_399, 3), (1, 4)] {
            _ = await bench.command(Self.lost, after: wait)
            #expect(bench.count == logins)
        }
        #expect(await bench.command(nil, after: 86_400) == nil)
        // Nothing stands against the next one.
        #expect(await bench.command(nil) == nil)
        #expect(bench.count == 6)
    }

    @Test func aLockedUserIsFreeAfterSomeMinutes() async {
        var locked = Self.refused
        locked.loginTriesLeft = 0
        for (wait, logins) in [(0, 1), (599, 1), (1, 2)] {
            _ = await bench.command(locked, after: wait)
            #expect(bench.count == logins)
        }
    }

    @Test func anotherPasswordAnotherAddressOrAWordFreesTheWay() async {
        _ = await bench.command(Self.refused)
        #expect(await bench.command(nil, password: "Secret-2") == nil)
        _ = await bench.command(Self.elsewhere)
        #expect(await bench.command(nil, url: "https://10.5.2.81") == nil)
        #expect(await bench.command(nil) != nil)
        #expect(await bench.command(nil, again: true) == nil)
        #expect(await bench.command(nil) == nil)
    }

    @Test func aLoginThatNeverLeftIsNotCounted() async {
        _ = await bench.command(DeviceError(.unreachable, "nobody there"))
        #expect(await bench.command(nil) == nil)
        #expect(bench.count == 2)
    }
}
