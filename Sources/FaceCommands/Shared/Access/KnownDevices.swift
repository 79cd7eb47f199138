// SPDX-License-Identifier: Apache-2.0
internal import FaceDevice
internal import FaceLedger

/// Sees that two devices with the same serial number are not taken for one: what the ledger knows of portraits stands
/// under that number.
struct KnownDevices: Sendable {
    let records: DeviceRecords
    /// The devices of the configuration.
    let devices: [DeviceConfiguration]

    /// Looks whether a device may be another one than the ledger knows under its serial number.
    ///
    /// A device that has a new name or a new address is the same. It is in doubt where both differ and the configuration
    /// still has the other one as it was.
    ///
    /// - Parameters:
    ///   - identity: What the device says of itself.
    ///   - settings: How it was reached.
    /// - Returns: A sentence about the doubt, `nil` where there is none.
    /// - Throws: `LedgerError` when the ledger's folder cannot be used.
    func doubt(_ identity: DeviceIdentity, _ settings: DeviceSettings) throws(LedgerError) -> String? {
        guard identity.assigned == nil else { return nil }
        let place = DeviceRecords.Place(name: settings.name, url: settings.url)
        let other = try records.meet(identity.serial, at: place) { earlier in
            devices.contains { $0.name == earlier.name && $0.url.text == earlier.url && $0.identity == nil }
        }
        guard let other else { return nil }
        return "\(settings.name) (\(settings.url)) and \(other.name) (\(other.url)) tell the same serial number, "
            + "\(identity.serial): what is known of one would be taken for the other's. Give one of them another identity in "
            + "the configuration, identity = \"\(settings.name)\", or both the same one if they are one device."
    }
}
