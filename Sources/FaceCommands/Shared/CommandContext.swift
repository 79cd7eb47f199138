// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Everything a command touches outside itself, so that a test can hold all of it.
public struct CommandContext: Sendable {
    /// Looks up an environment variable.
    public var environment: @Sendable (String) -> String?
    /// Where answers go.
    public var output: TextSink
    /// Where everything else goes.
    public var errors: TextSink
    /// What a person types.
    public var input: TypedInput
    /// Opens devices.
    public var devices: any DeviceOpener
    /// What waits are measured with.
    public var clock: any Clock<Duration>
    /// The time of day, in seconds since 1970 UTC.
    public var now: @Sendable () -> Int

    /// Collects a command's surroundings.
    ///
    /// - Parameters:
    ///   - environment: Looks up an environment variable.
    ///   - output: Where answers go.
    ///   - errors: Where everything else goes.
    ///   - input: What a person types.
    ///   - devices: Opens devices.
    ///   - clock: What waits are measured with.
    ///   - now: The time of day, in seconds since 1970 UTC.
    public init(
        environment: @escaping @Sendable (String) -> String?,
        output: TextSink,
        errors: TextSink,
        input: TypedInput,
        devices: any DeviceOpener,
        clock: any Clock<Duration> = ContinuousClock(),
        now: @escaping @Sendable () -> Int
    ) {
        self.environment = environment
        self.output = output
        self.errors = errors
        self.input = input
        self.devices = devices
        self.clock = clock
        self.now = now
    }

    /// The surroundings of a real run.
    ///
    /// - Parameter devices: Opens devices.
    /// - Returns: This process's environment, streams and clocks.
    public static func process(devices: any DeviceOpener = NetworkDevices()) -> Self {
        Self(
            environment: { name in unsafe getenv(name).map { unsafe String(cString: $0) } },
            output: .descriptor(STDOUT_FILENO),
            errors: .descriptor(STDERR_FILENO),
            input: .descriptor(STDIN_FILENO),
            devices: devices,
            now: { time(nil) }
        )
    }
}
