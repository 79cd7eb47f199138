// SPDX-License-Identifier: Apache-2.0
public import FaceDevice
public import Logging

/// Opens devices for commands: the real ones over the network, or a test's own.
public protocol DeviceOpener: Sendable {
    /// Calls a closure with a device and closes the session and its connections afterwards.
    ///
    /// - Parameters:
    ///   - settings: How to reach the device.
    ///   - logger: Where the device's conversation is noted, without personal data.
    ///   - body: What to do with the device.
    /// - Returns: What the closure returns.
    /// - Throws: `DeviceError` when the device cannot be reached or refuses, and what the closure throws.
    func withDevice<Value: Sendable>(
        _ settings: DeviceSettings,
        logger: Logger,
        _ body: (any Device) async throws -> Value
    ) async throws -> Value

    /// Reads the certificate a device shows, without trusting it and without logging in.
    ///
    /// - Parameters:
    ///   - url: The device's `https` URL.
    ///   - name: The device's name, for messages.
    /// - Returns: The certificate's facts.
    /// - Throws: `DeviceError` when there is no answer or no certificate.
    func certificate(shownBy url: String, name: String) async throws -> CertificateFacts
}

/// What a person compares before trusting a device's certificate.
public struct CertificateFacts: Sendable, Hashable {
    /// The SHA-256 of the public key as the configuration writes it: `sha256//…`.
    public var pin: String
    /// Whom the certificate names.
    public var subject: String
    /// Who signed it.
    public var issuer: String
    /// From when it is valid, as the certificate prints it.
    public var validFrom: String
    /// Until when it is valid, as the certificate prints it.
    public var validUntil: String

    /// Collects a certificate's facts.
    ///
    /// - Parameters:
    ///   - pin: The SHA-256 of the public key, `sha256//…`.
    ///   - subject: Whom it names.
    ///   - issuer: Who signed it.
    ///   - validFrom: From when it is valid.
    ///   - validUntil: Until when it is valid.
    public init(pin: String, subject: String, issuer: String, validFrom: String, validUntil: String) {
        self.pin = pin
        self.subject = subject
        self.issuer = issuer
        self.validFrom = validFrom
        self.validUntil = validUntil
    }
}
