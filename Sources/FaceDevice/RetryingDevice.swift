// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// A device whose reads are tried again for as long as its ``Patience`` lasts.
///
/// What changes the device is repeated only where nothing of it was sent; after a lost answer the caller has to look
/// first (design rule 1). A login is never repeated here.
public struct RetryingDevice: Device {
    private let device: any Device
    private let clock: any Clock<Duration>
    private let weather: DeviceWeather
    private let meet: @Sendable (DeviceIdentity) throws -> Void

    /// Wraps a device.
    ///
    /// - Parameters:
    ///   - device: The device.
    ///   - patience: For how long reads are tried again.
    ///   - clock: What waits are measured with.
    ///   - random: Gives numbers from 0 to 1, which keep many waits apart.
    ///   - meet: Told what the device says of itself whenever it was asked; what it throws is thrown on.
    ///   - tell: Takes a sentence when the device is waited for, and when it answers again.
    public init(
        _ device: any Device,
        patience: Patience = .standard,
        clock: any Clock<Duration> = ContinuousClock(),
        random: @escaping @Sendable () -> Double = { Double.random(in: 0...1) },
        meet: @escaping @Sendable (DeviceIdentity) throws -> Void = { _ in },
        tell: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.device = device
        self.clock = clock
        self.meet = meet
        weather = DeviceWeather(
            of: device.name,
            patience,
            stopwatch: Self.stopwatch(clock),
            random: random,
            tell: tell
        )
    }

    private static func stopwatch<Time: Clock<Duration>>(_ clock: Time) -> @Sendable () -> Duration {
        let start = clock.now
        return { start.duration(to: clock.now) }
    }

    private func retrying<Value>(
        where mayPass: (DeviceError) -> Bool = \.mayPass,
        _ read: () async throws -> Value
    ) async throws -> Value {
        var tries = 0
        while true {
            do {
                let value = try await read()
                weather.cleared()
                return value
            } catch let error as DeviceError where mayPass(error) {
                tries += 1
                guard case .wait(let pause) = weather.advice(after: error, tries: tries) else { throw error }
                try await clock.sleep(for: pause)
            }
        }
    }

    /// Nothing of a write was sent, so that it may be sent now.
    private func unlessSent<Value>(_ write: () async throws -> Value) async throws -> Value {
        try await retrying(where: { $0.code == .unreachable }, write)
    }

    /// A refused export is for the caller to take apart: the content may break it (P6), and then it does so again.
    private static func isOfTheNetwork(_ error: DeviceError) -> Bool {
        error.code == .unreachable || error.code == .replyLost
    }

    // MARK: Reads

    /// The device's name.
    public var name: String { device.name }
    /// As the device's, tried again.
    public func identity() async throws -> DeviceIdentity {
        let identity = try await retrying { try await device.identity() }
        try meet(identity)
        return identity
    }
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
    /// As the device's, tried again: an archive that was made and not named lies on the device, and does no harm.
    public func exportPortraits(_ ids: [PortraitID], in library: Int) async throws -> ExportReply {
        try await retrying(where: Self.isOfTheNetwork) { try await device.exportPortraits(ids, in: library) }
    }
    /// As the device's, tried again.
    public func exportPortraits(in library: Int, from start: Int, count: Int) async throws -> ExportReply {
        try await retrying(where: Self.isOfTheNetwork) {
            try await device.exportPortraits(in: library, from: start, count: count)
        }
    }
    /// As the device's, tried again from the start.
    public func download(_ path: String, to file: String) async throws -> Int {
        try await retrying { try await device.download(path, to: file) }
    }
    /// As the device's; what `body` throws is not tried again.
    public func oneExportAtATime<Value>(_ body: () async throws -> Value) async throws -> Value {
        try await device.oneExportAtATime(body)
    }
    /// As the device's, tried again.
    public func records(
        _ kind: RecordKind,
        _ filter: RecordFilter,
        from start: Int,
        count: Int
    ) async throws -> RecordPage {
        try await retrying { try await device.records(kind, filter, from: start, count: count) }
    }
    /// As the device's, tried again.
    public func stranger(_ id: String) async throws -> DeviceRecord? {
        try await retrying { try await device.stranger(id) }
    }
    /// As the device's, tried again.
    public func person(behind capture: String) async throws -> DeviceRecord? {
        try await retrying { try await device.person(behind: capture) }
    }
    /// As the device's, tried again.
    public func exportRecords(_ kind: RecordKind, _ ids: [String], of person: String?) async throws -> ExportReply {
        try await retrying(where: Self.isOfTheNetwork) { try await device.exportRecords(kind, ids, of: person) }
    }
    /// As the device's, tried again.
    public func exportRecords(
        _ kind: RecordKind,
        _ filter: RecordFilter,
        from start: Int,
        count: Int
    ) async throws -> ExportReply {
        try await retrying(where: Self.isOfTheNetwork) {
            try await device.exportRecords(kind, filter, from: start, count: count)
        }
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
    public func archiveCipher() async throws -> ArchiveCipher {
        try await retrying { try await device.archiveCipher() }
    }
    /// As the device's, tried again.
    public func protocolMode() async throws -> String { try await retrying { try await device.protocolMode() } }

    // MARK: Writes

    /// As the device's; when the answer or the list after it is lost, the list of libraries tells what became of it.
    public func createLibrary(named name: String, type: LibraryType) async throws -> DeviceLibrary {
        do {
            return try await device.createLibrary(named: name, type: type)
        } catch let error as DeviceError where error.code == .replyLost || error.code == .unreachable {
            if let made = try await libraries().first(where: { $0.name == name }) { return made }
            guard error.code == .unreachable else {
                throw DeviceError(
                    error.code,
                    "\(error.message). The library is not there; the command can be given again"
                )
            }
            return try await device.createLibrary(named: name, type: type)
        }
    }
    /// As the device's, sent once.
    public func renameLibrary(_ library: DeviceLibrary, to name: String) async throws {
        try await unlessSent { try await device.renameLibrary(library, to: name) }
    }
    /// As the device's, sent once.
    public func deleteLibrary(_ library: DeviceLibrary) async throws {
        try await unlessSent { try await device.deleteLibrary(library) }
    }
    /// As the device's, sent once.
    public func store(_ portrait: OutgoingPortrait, in library: Int) async throws {
        try await unlessSent { try await device.store(portrait, in: library) }
    }
    /// As the device's, sent once.
    public func storeBatch(_ batch: OutgoingBatch, in library: Int) async throws -> BatchReply {
        try await unlessSent { try await device.storeBatch(batch, in: library) }
    }
    /// As the device's, sent once.
    public func updateAttributes(of id: PortraitID, in library: Int, to change: AttributeChange) async throws {
        try await unlessSent { try await device.updateAttributes(of: id, in: library, to: change) }
    }
    /// As the device's, sent once.
    public func deletePortraits(_ ids: [PortraitID], in library: Int) async throws {
        try await unlessSent { try await device.deletePortraits(ids, in: library) }
    }
    /// As the device's, sent once.
    public func bind(_ libraries: [Int], to camera: Camera) async throws {
        try await unlessSent { try await device.bind(libraries, to: camera) }
    }
    /// As the device's, sent once.
    public func call(message: String, fieldsJSON: String) async throws -> String {
        try await device.call(message: message, fieldsJSON: fieldsJSON)
    }
    /// As the device's.
    public func sessionNumber() async -> Int { await device.sessionNumber() }
    /// As the device's, once.
    public func logOut() async { await device.logOut() }
}
