// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger

/// A library on a device, to be read.
struct LibraryOnDevice: Sendable {
    /// The device that holds it.
    let device: any Device
    /// The library as it was listed when the job began.
    let library: DeviceLibrary
    /// The library's name in the ledger.
    let key: LibraryKey

    /// The library's id on its device.
    var id: Int { library.id }

    /// What is locked while archives are made: one export at a time for the whole device (interface E2).
    var exportKey: LibraryKey { LibraryKey(device: key.device, library: -1) }
}
