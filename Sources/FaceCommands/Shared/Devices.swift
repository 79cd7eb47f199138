// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice

/// A device that is open, with what was configured for it.
struct OpenedDevice: Sendable {
    let device: any Device
    let settings: DeviceSettings
    let configuration: DeviceConfiguration
}

extension Invocation {
    /// Calls a closure with several devices of the configuration, each opened once, by their names.
    ///
    /// - Parameters:
    ///   - names: The names; one that is repeated is opened once.
    ///   - body: What to do with the devices.
    /// - Returns: What the closure returns.
    /// - Throws: ``CommandError`` for a name that is not configured, and what the closure throws.
    func withDevices<Value: Sendable>(
        _ names: [String],
        _ body: ([String: OpenedDevice]) async throws -> Value
    ) async throws -> Value {
        try await withDevices(Set(names).sorted()[...], opened: [:], body)
    }

    private func withDevices<Value: Sendable>(
        _ names: ArraySlice<String>,
        opened: [String: OpenedDevice],
        _ body: ([String: OpenedDevice]) async throws -> Value
    ) async throws -> Value {
        guard let name = names.first else { return try await body(opened) }
        let configuration = try device(named: name)
        let settings = try configuration.settings(environment: context.environment, warn: console.warn)
        return try await withDevice(settings) { device in
            var opened = opened
            opened[name] = OpenedDevice(device: device, settings: settings, configuration: configuration)
            return try await withDevices(names.dropFirst(), opened: opened, body)
        }
    }
}
