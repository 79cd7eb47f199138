// SPDX-License-Identifier: Apache-2.0
public import FaceDevice

/// Opens devices for commands: the real ones over the network, or a test's own.
public protocol DeviceOpener: Sendable {
    /// Calls a closure with a device and closes the session and its connections afterwards.
    ///
    /// - Parameters:
    ///   - settings: How to reach the device.
    ///   - surroundings: What it is opened with.
    ///   - body: What to do with the device.
    /// - Returns: What the closure returns.
    /// - Throws: `DeviceError` when the device cannot be reached or refuses, and what the closure throws.
    func withDevice<Value: Sendable>(
        _ settings: DeviceSettings,
        _ surroundings: DeviceSurroundings,
        _ body: (any Device) async throws -> Value
    ) async throws -> Value

    /// Reads the certificate a device shows, without trusting it and without logging in.
    ///
    /// - Parameters:
    ///   - url: The device's `https` URL.
    ///   - name: The device's name, for messages.
    /// - Returns: The certificate with its pin.
    /// - Throws: `DeviceError` when there is no answer or no certificate.
    func certificate(shownBy url: String, name: String) async throws -> DeviceCertificate
}
