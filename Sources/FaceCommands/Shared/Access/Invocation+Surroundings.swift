// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice
internal import FaceLedger
internal import Logging

extension Invocation {
    /// What a device is opened with.
    ///
    /// - Parameters:
    ///   - settings: How it is reached.
    ///   - isAwaited: Whether the command only asks, so that a doubt about the device is a warning.
    ///   - logsInAgain: Whether a password that failed is sent once more.
    /// - Returns: The surroundings.
    func surroundings(of settings: DeviceSettings, isAwaited: Bool, logsInAgain: Bool) -> DeviceSurroundings {
        var logger = logger
        logger[metadataKey: "device"] = "\(settings.name)"
        let console = console
        return DeviceSurroundings(
            logger: logger,
            clock: context.clock,
            logins: logins(tryingAgain: logsInAgain),
            meet: meeting(settings, isAwaited: isAwaited),
            tell: { console.warn($0) }
        )
    }

    private func meeting(
        _ settings: DeviceSettings,
        isAwaited: Bool
    ) -> @Sendable (DeviceIdentity) throws -> Void {
        guard let directory = try? statePath, let devices = try? configuration().devices else { return { _ in } }
        let known = KnownDevices(records: DeviceRecords(directory: directory), devices: devices)
        let console = console
        return { identity in
            do {
                guard let doubt = try known.doubt(identity, settings) else { return }
                guard isAwaited else { throw CommandError.stopped(doubt) }
                console.warn(doubt)
            } catch let error as LedgerError {
                console.warn("It cannot be seen whether another device has the same serial number: \(error.message).")
            }
        }
    }

    private func logins(tryingAgain: Bool) -> (any LoginMemory)? {
        // Without a place for it there is no ledger either, which is said where one is needed.
        guard let directory = try? statePath else { return nil }
        return RememberedLogins(
            records: LoginRecords(directory: directory),
            clock: context.clock,
            now: context.now,
            mayTryAgain: tryingAgain,
            warn: { [console] in console.warn($0) }
        )
    }
}
