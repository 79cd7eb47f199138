// SPDX-License-Identifier: Apache-2.0
public import FaceModel
public import SystemPackage

/// How a simulated device is set up.
public struct SimulatorConfiguration: Sendable {
    /// The folder for the device's database and files, of one simulator at a time; made when it is missing.
    public var data: FilePath
    /// The address to listen on.
    public var host = "127.0.0.1"
    /// The port of the device's interface; 0 takes any free one.
    public var port = 0
    /// The port for `/simulator/state`, always on loopback; 0 takes any free one, `nil` opens none.
    public var controlPort: Int?
    /// Whether to serve HTTPS; the quirk `tls` does the same.
    public var usesTLS = false
    /// The one user of the device.
    public var user = "admin"
    /// The user's password.
    public var password = Secret("Facelib-2026")
    /// How the device differs from the defaults of the interface document.
    public var quirks = Quirks()
    /// Whether pictures must decode to be accepted.
    public var decodesImages = true
    /// Whether an export is answered with the archive of an earlier one that had the same contents.
    ///
    /// No device does so; it is for measuring the client without what the making of archives costs.
    public var keepsArchives = false
    /// How many captures, alarms and other records of each kind there are at least; missing ones are drawn at the start.
    public var records = 0
    /// How many cameras there are at least, up to 8; missing ones are added at the start.
    public var cameras = 0
    /// The largest request body in bytes; the quirk `max_body` overrides it.
    public var bodyLimit = 64 * 1024 * 1024
    /// The device's clock.
    public var clock = DeviceClock.system

    /// A device with all defaults.
    ///
    /// - Parameter data: The folder for the device's database and files.
    public init(data: FilePath) {
        self.data = data
    }

    /// One of several devices that are set up alike: with a folder in this one's folder, and ports that follow its own.
    ///
    /// - Parameter number: The device's number, from 1. The first has the ports of this configuration, the others
    ///   those after it; 0 stays any free one.
    /// - Returns: The device's configuration.
    public func instance(_ number: Int) -> Self {
        func following(_ port: Int) -> Int { port == 0 ? 0 : port + number - 1 }
        var instance = self
        instance.data = data.appending(String(number))
        instance.port = following(port)
        instance.controlPort = controlPort.map(following)
        return instance
    }
}
