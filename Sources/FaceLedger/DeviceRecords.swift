// SPDX-License-Identifier: Apache-2.0

/// Under which name and address each device was last met.
///
/// A small file for each in the folder `devices` beside the ledger: what the ledger knows stands under the device's serial number, which a cloned device shares with another.
public struct DeviceRecords: Sendable {
    /// A name and an address.
    public struct Place: Sendable, Hashable {
        /// The device's name in the configuration.
        public var name: String
        /// Its address.
        public var url: String

        /// Notes a place.
        ///
        /// - Parameters:
        ///   - name: The device's name in the configuration.
        ///   - url: Its address.
        public init(name: String, url: String) {
            self.name = name
            self.url = url
        }
    }

    private let folder: String

    /// Names the ledger's folder; nothing is made before a device is met.
    ///
    /// - Parameter directory: The ledger's folder.
    public init(directory: String) { folder = directory + "/devices" }

    /// Notes where a device is met, unless it may be another one than last time.
    ///
    /// - Parameters:
    ///   - device: The device's serial number.
    ///   - place: Its name and address.
    ///   - isOther: Whether a device that was met at an earlier place, another in name and address, is another one.
    /// - Returns: The earlier place of another device, `nil` where there is none and the place was noted.
    /// - Throws: ``LedgerError`` when the folder cannot be used.
    public func meet(
        _ device: String,
        at place: Place,
        unless isOther: (Place) -> Bool
    ) throws(LedgerError) -> Place? {
        try PrivateFolder.make(folder)
        let file = try HeldFile.take("\(folder)/\(LoginMark.fileName(of: device))", waiting: 5)
        defer { file.release() }
        let lines = try file.read().split(separator: "\n").map(String.init)
        if lines.count == 2 {
            let earlier = Place(name: lines[0], url: lines[1])
            if earlier == place { return nil }
            if earlier.name != place.name, earlier.url != place.url, isOther(earlier) { return earlier }
        }
        try file.write("\(place.name)\n\(place.url)")
        return nil
    }
}
