// SPDX-License-Identifier: Apache-2.0
package import FaceDevice
package import FaceLedger

/// A library on a device, to be read.
package struct LibraryOnDevice: Sendable {
    /// The device that holds it.
    package let device: any Device
    /// The library as it was listed when the job began.
    package let library: DeviceLibrary
    /// The library's name in the ledger.
    package let key: LibraryKey

    package init(device: any Device, library: DeviceLibrary, key: LibraryKey) {
        self.device = device
        self.library = library
        self.key = key
    }

    /// The library's id on its device.
    package var id: Int { library.id }

    /// What is locked while archives are made: one export at a time for the whole device (interface E2).
    package var exportKey: LibraryKey { LibraryKey(device: key.device, library: -1) }
}
