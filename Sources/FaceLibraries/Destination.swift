// SPDX-License-Identifier: Apache-2.0
package import FaceDevice
package import FaceLedger

/// The library that a job fills, with everything needed to speak to it.
package struct Destination: Sendable {
    /// The device that holds it.
    package let device: any Device
    /// What the device says of itself.
    package let identity: DeviceIdentity
    /// How much the device is asked at once.
    package let settings: DeviceSettings
    /// The library as it was listed when the job began.
    package let library: DeviceLibrary
    /// The library's name in the ledger.
    package let key: LibraryKey

    /// The library's id on its device.
    package var id: Int { library.id }
}
