// SPDX-License-Identifier: Apache-2.0

/// Remembers logins that failed, so that the next run does not send the same password again: three failures ask for a
/// code, five lock the user for everyone (interface S3, design rule 6).
public protocol LoginMemory: Sendable {
    /// Logs in, unless what is remembered speaks against it; one login at a time for a user of a device.
    ///
    /// - Parameters:
    ///   - settings: The device, the user and the password.
    ///   - logIn: Sends the password once and returns the session's id.
    /// - Returns: What `logIn` returns.
    /// - Throws: What `logIn` throws, which is remembered; ``DeviceError`` with ``DeviceError/Code/loginRefused``
    ///   where nothing was sent since an earlier login failed; `CancellationError`.
    func once(_ settings: DeviceSettings, _ logIn: () async throws -> String) async throws -> String
}
