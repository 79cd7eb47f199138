// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// A device whose reads are tried again when they may pass the next time.
///
/// Three tries in all, with a wait before the second and the third. What changes the device is never
/// repeated here: after a lost answer the caller has to look first (design rule 1).
public struct RetryingDevice: Device {
    private let device: any Device
    private let clock: any Clock<Duration>
    private let waits: [Duration]

    /// Wraps a device.
    ///
    /// - Parameters:
    ///   - device: The device.
    ///   - clock: What the waits are measured with.
    ///   - waits: How long to wait before each further try.
    public init(
        _ device: any Device,
        clock: any Clock<Duration> = ContinuousClock(),
        waits: [Duration] = [.milliseconds(500), .seconds(2)]
    ) {
        self.device = device
        self.clock = clock
        self.waits = waits
    }

    private func retrying<Value>(_ read: () async throws -> Value) async throws -> Value {
        for wait in waits {
            do {
                return try await read()
            } catch let error as DeviceError where error.mayPass {
                try await clock.sleep(for: wait)
            }
        }
        return try await read()
    }

    // MARK: Reads

    /// The device's name.
    public var name: String { device.name }
    /// As the device's, tried again.
    public func identity() async throws -> DeviceIdentity { try await retrying { try await device.identity() } }
    /// As the device's, tried again.
    public func libraries() async throws -> [DeviceLibrary] { try await retrying { try await device.libraries() } }
    /// As the device's, tried again.
    public func portraits(in library: Int, from start: Int, count: Int) async throws -> PortraitPage {
        try await retrying { try await device.portraits(in: library, from: start, count: count) }
    }
    /// As the device's, tried again.
    public func portrait(_ id: PortraitID, in library: Int) async throws -> StoredPortrait? {
        try await retrying { try await device.portrait(id, in: library) }
    }
    /// As the device's, tried again.
    public func clearAttributes(of id: PortraitID, in library: Int) async throws -> ListedPortrait? {
        try await retrying { try await device.clearAttributes(of: id, in: library) }
    }
    /// As the device's, tried again.
    public func download(_ path: String) async throws -> [UInt8] {
        try await retrying { try await device.download(path) }
    }
    /// As the device's, tried again.
    public func detectFace(in image: OutgoingImage) async throws -> FaceDetection {
        try await retrying { try await device.detectFace(in: image) }
    }
    /// As the device's, tried again.
    public func countFaces(in image: OutgoingImage) async throws -> Int {
        try await retrying { try await device.countFaces(in: image) }
    }
    /// As the device's, tried again.
    public func cameras() async throws -> [Camera] { try await retrying { try await device.cameras() } }
    /// As the device's, tried again.
    public func clock() async throws -> DeviceClock { try await retrying { try await device.clock() } }
    /// As the device's, tried again.
    public func storage() async throws -> DeviceStorage { try await retrying { try await device.storage() } }
    /// As the device's, tried again.
    public func kept() async throws -> KeptData { try await retrying { try await device.kept() } }
    /// As the device's, tried again.
    public func retentionDays() async throws -> Int { try await retrying { try await device.retentionDays() } }
    /// As the device's, tried again.
    public func protocolMode() async throws -> String { try await retrying { try await device.protocolMode() } }

    // MARK: Writes

    /// As the device's, once.
    public func createLibrary(named name: String, type: LibraryType) async throws -> DeviceLibrary {
        try await device.createLibrary(named: name, type: type)
    }
    /// As the device's, once.
    public func renameLibrary(_ library: DeviceLibrary, to name: String) async throws {
        try await device.renameLibrary(library, to: name)
    }
    /// As the device's, once.
    public func deleteLibrary(_ library: DeviceLibrary) async throws { try await device.deleteLibrary(library) }
    /// As the device's, once.
    public func store(_ portrait: OutgoingPortrait, in library: Int) async throws {
        try await device.store(portrait, in: library)
    }
    /// As the device's, once.
    public func storeBatch(_ batch: OutgoingBatch, in library: Int) async throws -> BatchReply {
        try await device.storeBatch(batch, in: library)
    }
    /// As the device's, once.
    public func updateAttributes(of id: PortraitID, in library: Int, to change: AttributeChange) async throws {
        try await device.updateAttributes(of: id, in: library, to: change)
    }
    /// As the device's, once.
    public func deletePortraits(_ ids: [PortraitID], in library: Int) async throws {
        try await device.deletePortraits(ids, in: library)
    }
    /// As the device's, once.
    public func call(message: String, fieldsJSON: String) async throws -> String {
        try await device.call(message: message, fieldsJSON: fieldsJSON)
    }
    /// As the device's, once.
    public func logOut() async { await device.logOut() }
}
