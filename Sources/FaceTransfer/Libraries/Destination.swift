// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger

/// The library that a job fills, with everything needed to speak to it.
struct Destination: Sendable {
    /// The device that holds it.
    let device: any Device
    /// What the device says of itself.
    let identity: DeviceIdentity
    /// How much the device is asked at once.
    let settings: DeviceSettings
    /// The library as it was listed when the job began.
    let library: DeviceLibrary
    /// The library's name in the ledger.
    let key: LibraryKey

    /// The library's id on its device.
    var id: Int { library.id }
}
