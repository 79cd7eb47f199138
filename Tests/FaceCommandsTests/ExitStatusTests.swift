// SPDX-License-Identifier: Apache-2.0
import FaceCommands
import FaceDevice
import Testing

// Swift Testing has an ExitStatus of its own.
typealias ExitStatus = FaceCommands.ExitStatus

@Suite struct ExitStatusTests {
    private struct LockHeld: ExitStatusProviding {
        let exitStatus = ExitStatus.locked
    }
    private struct Unknown: Error {}

    @Test(arguments: [
        (DeviceError.Code.unreachable, ExitStatus.unreachable), (.replyLost, .unreachable),
        (.certificateRefused, .refused), (.loginRefused, .refused), (.permissionRefused, .refused),
        (.tooLarge, .failed), (.refused, .failed), (.malformedReply, .failed), (.notFound, .failed),
    ])
    func aDevicesErrorHasItsStatus(code: DeviceError.Code, status: ExitStatus) {
        #expect(ExitStatus(endingWith: DeviceError(code, "…")) == status)
    }

    @Test func otherErrorsHaveTheirs() {
        #expect(ExitStatus(endingWith: CancellationError()) == .interrupted)
        #expect(ExitStatus(endingWith: LockHeld()) == .locked)
        #expect(ExitStatus(endingWith: CommandError.usage("…")) == .usage)
        #expect(ExitStatus(endingWith: CommandError.stopped("…")) == .stopped)
        #expect(ExitStatus(endingWith: OutputClosed()) == .success)
        #expect(ExitStatus(endingWith: Unknown()) == .failed)
    }

    @Test func theNumbersAreThoseOthersRelyOn() {
        #expect(ExitStatus.allCases.map(\.rawValue) == [0, 1, 3, 4, 5, 6, 7, 8, 64, 130])
    }
}
