// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice

/// One `[devices.NAME]` table of the configuration.
struct DeviceConfiguration: Sendable, Hashable {
    let name: String
    let url: DeviceURL
    let user: String
    let password: PasswordSource
    let trust: DeviceSettings.Trust
    let upload: DeviceSettings.UploadMessage
    let batchSize: Int
    let batchBytes: Int
    let connections: Int
    /// The longest side an image may have, in pixels.
    let maxSide: Int
    /// How many bytes an image may have.
    let maxImageBytes: Int
    /// What the device is known by in place of its serial number.
    let identity: String?
    /// For how long jobs try reads again while the device cannot be reached.
    let patience: Patience

    /// How the device's certificate is verified, in a word.
    var trustWord: String {
        guard url.isEncrypted else { return "none (http)" }
        return switch trust {
        case .system: "system"
        case .authorities: "ca_file"
        case .pin: "pin"
        }
    }

    /// What opening the device takes; the password is read now.
    ///
    /// - Parameters:
    ///   - environment: Looks up an environment variable.
    ///   - warn: Told of what is unsafe but works.
    /// - Returns: The settings.
    /// - Throws: ``CommandError`` when the password cannot be read.
    func settings(environment: (String) -> String?, warn: (String) -> Void) throws(CommandError) -> DeviceSettings {
        if case .authorities(let file) = trust, !TextFile.exists(file) {
            throw .failed("The ca_file of \(name) is not there: \(file); correct it in the configuration.")
        }
        if case .authorities(let file) = trust, !TextFile.holdsCertificate(file) {
            throw .failed(
                "The ca_file of \(name) holds no certificate in PEM form, which begins with -----BEGIN CERTIFICATE-----: "
                    + "\(file); name another, or turn it into one with openssl x509 -inform der."
            )
        }
        return DeviceSettings(
            name: name,
            url: url.text,
            user: user,
            password: try password.read(for: name, environment: environment, warn: warn),
            trust: trust,
            upload: upload,
            batchSize: batchSize,
            batchBytes: batchBytes,
            connections: connections,
            identity: identity,
            patience: patience
        )
    }
}
