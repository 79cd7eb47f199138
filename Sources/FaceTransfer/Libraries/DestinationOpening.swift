// SPDX-License-Identifier: Apache-2.0
public import FaceDevice
import FaceLedger
import FaceModel

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
    /// - Parameter options: What the import may do.
    /// - Returns: The library; `nil` in a rehearsal that would have made it.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    func open(_ options: ImportOptions) async throws -> Destination? {
        let serial = try await device.identity().serial
        let libraries = try await device.libraries()
        if let found = libraries.first(where: { $0.name == library }) { return destination(found, serial) }
        guard let type = options.creates else {
            let names = libraries.map { "\"\($0.name)\"" }.joined(separator: ", ")
            throw ImportError(
                description: "\(device.name) has no library \"\(library)\" "
                    + "(it has \(names.isEmpty ? "none" : names)); add --create whitelist or --create key-personnel to make it"
            )
        }
        if options.isRehearsal { return nil }
        return destination(try await device.createLibrary(named: library, type: type), serial)
    }

    private func destination(_ library: DeviceLibrary, _ serial: String) -> Destination {
        // A device that does not tell its serial number is known by the name it has here.
        let key = LibraryKey(device: serial.isEmpty ? device.name : serial, library: library.id)
        return Destination(device: device, settings: settings, library: library, key: key)
    }
}
