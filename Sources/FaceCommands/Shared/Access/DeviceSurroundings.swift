// SPDX-License-Identifier: Apache-2.0
public import FaceDevice
public import Logging

/// What a device is opened with, besides how to reach it.
public struct DeviceSurroundings: Sendable {
    /// Where the device's conversation is noted, without personal data.
    public var logger: Logger
    /// What waits are measured with.
    public var clock: any Clock<Duration>
    /// What remembers failed logins between runs, `nil` where nothing does.
    public var logins: (any LoginMemory)?
    /// Told what the device says of itself whenever it was asked; what it throws ends the command.
    public var meet: @Sendable (DeviceIdentity) throws -> Void
    /// Takes a sentence when the device is waited for, and when it answers again.
    public var tell: @Sendable (String) -> Void
}
