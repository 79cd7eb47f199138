// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceTransport
public import Logging
import Synchronization

/// A device behind its HTTP interface.
///
/// All connections share one session; a session that ended is renewed once and the call repeated, a
/// password goes out once, whatever comes back. It owns a thread and a session: ``with(_:logger:logins:_:)`` ends both,
/// otherwise ``close()`` must be called.
public final class HTTPDevice: Device {
    let settings: DeviceSettings
    let address: DeviceAddress
    let client: HTTPClient
    let session = Session()
    let logger: Logger
    /// The folder under which downloads were found: `"ws/"` or `""`; `nil` until one was found (interface E1).
    let downloadFolder = Mutex<String?>(nil)
    let exportTurn = ExportTurn()
    let logins: (any LoginMemory)?

    /// The device's name in the configuration.
    public var name: String { settings.name }

    /// Prepares a device; nothing is sent before the first call.
    ///
    /// - Parameters:
    ///   - settings: How to reach it.
    ///   - logger: Where calls are noted: message, code and milliseconds, never what they carry.
    ///   - logins: What remembers failed logins between runs.
    /// - Throws: ``DeviceError`` with ``DeviceError/Code/unreachable`` for a url that is none, and
    ///   ``DeviceError/Code/certificateRefused`` for a pin that is none.
    public init(_ settings: DeviceSettings, logger: Logger, logins: (any LoginMemory)? = nil) throws {
        self.settings = settings
        self.logger = logger
        self.logins = logins
        address = try DeviceAddress(settings.url, device: settings.name)
        let trust: TLSTrust =
            switch settings.trust {
            case .system: .system
            case .authorities(let file): .authorities(file: file)
            case .pin(let pin): .pin(pin)
            }
        do {
            client = try HTTPClient(trust: trust, connections: settings.connections)
        } catch {
            let code: DeviceError.Code = error.code == .invalidRequest ? .certificateRefused : .unreachable
            throw DeviceError(code, "device \(settings.name): \(error.message)")
        }
    }

    /// Runs `body` with a device; afterwards the session is ended and the connections are closed.
    ///
    /// - Parameters:
    ///   - settings: How to reach it.
    ///   - logger: Where calls are noted.
    ///   - logins: What remembers failed logins between runs.
    ///   - body: What to do with the device; it must not be used afterwards.
    /// - Returns: What `body` returns.
    /// - Throws: What ``init(_:logger:logins:)`` and `body` throw.
    public static func with<Value>(
        _ settings: DeviceSettings,
        logger: Logger,
        logins: (any LoginMemory)? = nil,
        _ body: (HTTPDevice) async throws -> Value
    ) async throws -> Value {
        let device = try HTTPDevice(settings, logger: logger, logins: logins)
        let result: Result<Value, any Error>
        do {
            result = .success(try await body(device))
        } catch {
            result = .failure(error)
        }
        await device.close()
        return try result.get()
    }

    /// How many sessions were begun so far.
    public func sessionNumber() async -> Int { session.generation }

    /// Ends the session, closes the connections and joins their thread, also in a cancelled task.
    public func close() async {
        await logOut()
        await client.close()
    }

    /// The certificate that a device shows, for an operator to compare before it is trusted; nothing is sent.
    ///
    /// - Parameters:
    ///   - url: The device's address, `https`.
    ///   - name: The device's name, for messages.
    /// - Returns: The certificate with its pin.
    /// - Throws: ``DeviceError`` with ``DeviceError/Code/unreachable`` or ``DeviceError/Code/handshakeRefused``;
    ///   `CancellationError`.
    public static func certificate(shownBy url: String, name: String) async throws -> DeviceCertificate {
        do {
            let shown = try await ServerCertificate.shown(by: DeviceAddress(url, device: name).base)
            return DeviceCertificate(
                pin: shown.pin,
                subject: shown.subject,
                issuer: shown.issuer,
                validFrom: shown.validFrom,
                validUntil: shown.validUntil
            )
        } catch let error as TransportError {
            let code: DeviceError.Code = error.code == .handshake ? .handshakeRefused : .unreachable
            throw DeviceError(code, "device \(name) at \(url) showed no certificate: \(error.message)")
        }
    }
}

/// The certificate that a device shows, in the words that an operator compares.
public struct DeviceCertificate: Sendable, Hashable {
    /// The pin for the configuration: `sha256//…`.
    public var pin: String
    /// Whom the certificate names.
    public var subject: String
    /// Who signed it.
    public var issuer: String
    /// From when it is valid.
    public var validFrom: String
    /// Until when it is valid.
    public var validUntil: String
}
