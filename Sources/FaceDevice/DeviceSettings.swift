// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// How to reach one device and how much it is asked at once; one `[devices.NAME]` table of the
/// configuration.
public struct DeviceSettings: Sendable, Hashable {
    /// The name in the configuration.
    public var name: String
    /// Scheme, host and optional port, such as `https://10.5.2.81`; never downgraded.
    public var url: String
    /// The user to log in as.
    public var user: String
    /// The password.
    public var password: Secret
    /// How the device's certificate is verified.
    public var trust: Trust
    /// Which batch message is used.
    public var upload: UploadMessage
    /// How many images a batch may hold.
    public var batchSize: Int
    /// How many bytes the images of a batch may have together.
    public var batchBytes: Int
    /// How many connections may be open at once.
    public var connections: Int
    /// What the device is known by in place of its serial number, where the configuration says so.
    public var identity: String?
    /// For how long reads are tried again while it cannot be reached.
    public var patience: Patience

    /// How the device's certificate is verified.
    public enum Trust: Sendable, Hashable {
        /// By the machine's certificate authorities.
        case system
        /// By the authorities in a PEM file.
        case authorities(file: String)
        /// By the SHA-256 of its public key alone: `sha256//…`.
        case pin(String)
    }

    /// Which batch message is used.
    public enum UploadMessage: String, Sendable, Hashable {
        /// 1052: base64 in JSON.
        case json
        /// 1030: multipart form.
        case form
    }

    /// Collects a device's settings.
    ///
    /// - Parameters:
    ///   - name: The name in the configuration.
    ///   - url: Scheme, host and optional port.
    ///   - user: The user.
    ///   - password: The password.
    ///   - trust: How the certificate is verified.
    ///   - upload: Which batch message is used.
    ///   - batchSize: Images a batch.
    ///   - batchBytes: Image bytes a batch.
    ///   - connections: Connections at once.
    ///   - identity: What the device is known by in place of its serial number.
    ///   - patience: For how long reads are tried again while it cannot be reached.
    public init(
        name: String,
        url: String,
        user: String,
        password: Secret,
        trust: Trust = .system,
        upload: UploadMessage = .json,
        batchSize: Int = 20,
        batchBytes: Int = 8_388_608,
        connections: Int = 2,
        identity: String? = nil,
        patience: Patience = .standard
    ) {
        self.name = name
        self.url = url
        self.user = user
        self.password = password
        self.trust = trust
        self.upload = upload
        self.batchSize = batchSize
        self.batchBytes = batchBytes
        self.connections = connections
        self.identity = identity
        self.patience = patience
    }
}
