// SPDX-License-Identifier: Apache-2.0
package import FaceDevice
import FaceLedger

/// The libraries of a device as it listed them at one moment.
package struct DeviceContents: Sendable {
    /// The device.
    let device: any Device
    /// What the device says of itself.
    let identity: DeviceIdentity
    /// Its libraries, without the grey list.
    package let libraries: [DeviceLibrary]

    /// Asks a device what it is and has (1281, 1028).
    ///
    /// - Parameters:
    ///   - device: The device.
    ///   - needsLibraries: Whether it is asked for its libraries.
    /// - Throws: `DeviceError` when the device fails, and `CancellationError`.
    package init(of device: any Device, needsLibraries: Bool = true) async throws {
        self.device = device
        identity = try await device.identity()
        libraries = needsLibraries ? try await device.libraries() : []
    }

    /// The device's name in the ledger; a device that does not tell its serial number is known by the name it has here.
    package var key: String { identity.key.isEmpty ? device.name : identity.key }

    /// The library with exactly this name.
    package func library(named name: String) -> DeviceLibrary? { libraries.first { $0.name == name } }

    /// A library's name in the ledger.
    func key(of library: DeviceLibrary) -> LibraryKey { LibraryKey(device: key, library: library.id) }

    /// Says that a library is not there, and which are.
    package func missing(_ name: String) -> String {
        let names = libraries.map { "\"\($0.name)\"" }.joined(separator: ", ")
        return "\(device.name) has no library \"\(name)\" (it has \(names.isEmpty ? "none" : names))"
    }
}
