// SPDX-License-Identifier: Apache-2.0
public import FaceDevice
package import FaceModel

/// A library on a device as it was asked for, before anybody looked whether it is there.
public struct DestinationRequest: Sendable {
    /// The device.
    public var device: any Device
    /// How much the device is asked at once.
    public var settings: DeviceSettings
    /// The library's name.
    public var library: String

    /// Names a library on a device.
    ///
    /// - Parameters:
    ///   - device: The device.
    ///   - settings: How much the device is asked at once.
    ///   - library: The library's name, compared exactly.
    public init(device: any Device, settings: DeviceSettings, library: String) {
        self.device = device
        self.settings = settings
        self.library = library
    }

    /// Finds the library, or makes it where that is allowed.
    ///
    /// - Parameters:
    ///   - type: The type with which it is made when it is not there; without one, that is an error.
    ///   - hint: What to do when it is not there.
    ///   - isRehearsal: Whether nothing is made.
    /// - Returns: The library; `nil` in a rehearsal that would have made it.
    /// - Throws: ``LibraryError``, `DeviceError` or `LedgerError`, and `CancellationError`.
    package func open(creating type: LibraryType?, hint: String, isRehearsal: Bool) async throws -> Destination? {
        let contents = try await DeviceContents(of: device)
        var found = contents.library(named: library)
        if found == nil {
            guard let type else { throw LibraryError(description: contents.missing(library) + "; " + hint) }
            if isRehearsal { return nil }
            found = try await device.createLibrary(named: library, type: type)
        }
        return found.map {
            Destination(
                device: device,
                identity: contents.identity,
                settings: settings,
                library: $0,
                key: contents.key(of: $0)
            )
        }
    }
}
