// SPDX-License-Identifier: Apache-2.0
import FaceCommands
import FaceDevice
import FaceModel
import Logging
import Synchronization

/// The devices that a test's commands can open.
final class FakeDevices: DeviceOpener {
    struct State {
        var devices: [String: FakeDevice] = [:]
        var certificates: [String: DeviceCertificate] = [:]
        var settings: [DeviceSettings] = []
    }

    let state = Mutex(State())

    /// The settings that devices were opened with.
    var opened: [DeviceSettings] { state.withLock { $0.settings } }

    @discardableResult
    func add(_ name: String) -> FakeDevice {
        let device = FakeDevice(name: name)
        state.withLock { $0.devices[name] = device }
        return device
    }

    func withDevice<Value: Sendable>(
        _ settings: DeviceSettings,
        _ surroundings: DeviceSurroundings,
        _ body: (any Device) async throws -> Value
    ) async throws -> Value {
        surroundings.logger.debug(
            "opening",
            metadata: ["password": "\(settings.password.revealed)", "url": "\(settings.url)"]
        )
        let device = state.withLock { state in
            state.settings.append(settings)
            return state.devices[settings.name]
        }
        guard let device else {
            throw DeviceError(.unreachable, "\(settings.name) does not answer at \(settings.url).")
        }
        return try await body(device)
    }

    func certificate(shownBy url: String, name: String) async throws -> DeviceCertificate {
        guard let facts = state.withLock({ $0.certificates[url] }) else {
            throw DeviceError(.unreachable, "\(name) does not answer at \(url).")
        }
        return facts
    }
}

/// A device that holds its libraries in memory and fails where a test wants it to.
final class FakeDevice: Device {
    struct State {
        var libraries: [DeviceLibrary] = []
        /// What listings show of libraries by their ids; of others they show nothing to these tests.
        var portraits: [Int: [ListedPortrait]] = [:]
        var cameras: [Camera] = []
        var clock = DeviceClock(time: "2026-11-22 18:15:02", zone: "GMT+08:00")
        var storage = DeviceStorage(used: 100, capacity: 2048, strategy: 1)
        var kept = KeptData(portraitImages: true, captures: "11")
        var retention = 0
        var cipher = ArchiveCipher.aes256
        var replies: [String: String] = [:]
        var calls: [String] = []
        var failures: [String: DeviceError] = [:]
    }

    let name: String
    let state = Mutex(State())

    init(name: String) { self.name = name }

    /// What was called, in order.
    var calls: [String] { state.withLock { $0.calls } }

    func with(_ change: (inout State) -> Void) { state.withLock { change(&$0) } }

    private func answer<Value>(_ call: String, _ body: (inout sending State) throws -> sending Value) throws -> Value {
        try state.withLock { state in
            state.calls.append(call)
            if let failure = state.failures[call] { throw failure }
            return try body(&state)
        }
    }

    func identity() async throws -> DeviceIdentity {
        try answer("identity") { _ in DeviceIdentity(serial: "STSN1", deviceID: "666", version: "AIE V2.4.0") }
    }
    func libraries() async throws -> [DeviceLibrary] { try answer("libraries") { $0.libraries } }
    func createLibrary(named name: String, type: LibraryType) async throws -> DeviceLibrary {
        try answer("create") { state in
            let library = DeviceLibrary(id: 7, name: name, type: type, portraitCount: 0, updateTime: "now")
            state.libraries.append(library)
            return library
        }
    }
    func renameLibrary(_ library: DeviceLibrary, to name: String) async throws {
        try answer("rename") { state in
            for index in state.libraries.indices where state.libraries[index].id == library.id {
                state.libraries[index].name = name
            }
        }
    }
    func deleteLibrary(_ library: DeviceLibrary) async throws {
        try answer("delete") { $0.libraries.removeAll { $0.id == library.id } }
    }
    func cameras() async throws -> [Camera] { try answer("cameras") { $0.cameras } }
    func bind(_ libraries: [Int], to camera: Camera) async throws {
        try answer("bind") { state in
            for index in state.cameras.indices where state.cameras[index].channel == camera.channel {
                state.cameras[index].libraryIDs = libraries
            }
        }
    }
    func archiveCipher() async throws -> ArchiveCipher { try answer("cipher") { $0.cipher } }
    func clock() async throws -> DeviceClock { try answer("clock") { $0.clock } }
    func storage() async throws -> DeviceStorage { try answer("storage") { $0.storage } }
    func kept() async throws -> KeptData { try answer("kept") { $0.kept } }
    func retentionDays() async throws -> Int { try answer("retention") { $0.retention } }
    func protocolMode() async throws -> String { try answer("protocol") { _ in "https" } }
    func call(message: String, fieldsJSON: String) async throws -> String {
        try answer("\(message) \(fieldsJSON)") { $0.replies[message] ?? #"{"code": -3599, "data": "", "msg": ""}"# }
    }
    func sessionNumber() async -> Int { 1 }
    func logOut() async {}

    private var absent: DeviceError { DeviceError(.refused, "not part of these tests") }

    func portraits(in library: Int, from start: Int, count: Int) async throws -> PortraitPage {
        try answer("portraits") { state in
            guard let all = state.portraits[library] else { throw absent }
            return PortraitPage(portraits: Array(all.dropFirst(start - 1).prefix(count)), total: all.count)
        }
    }
    func portrait(_ id: PortraitID, in library: Int) async throws -> StoredPortrait? { throw absent }
    func clearAttributes(of id: PortraitID, in library: Int) async throws -> ListedPortrait? { throw absent }
    func download(_ path: String) async throws -> [UInt8] { throw absent }
    func exportPortraits(_ ids: [PortraitID], in library: Int) async throws -> ExportReply { throw absent }
    func exportPortraits(in library: Int, from start: Int, count: Int) async throws -> ExportReply { throw absent }
    func download(_ path: String, to file: String) async throws -> Int { throw absent }
    func oneExportAtATime<Value>(_ body: () async throws -> Value) async throws -> Value { try await body() }
    func records(
        _ kind: RecordKind,
        _ filter: RecordFilter,
        from start: Int,
        count: Int
    ) async throws -> RecordPage { throw absent }
    func stranger(_ id: String) async throws -> DeviceRecord? { throw absent }
    func person(behind capture: String) async throws -> DeviceRecord? { throw absent }
    func exportRecords(_ kind: RecordKind, _ ids: [String], of person: String?) async throws -> ExportReply {
        throw absent
    }
    func exportRecords(
        _ kind: RecordKind,
        _ filter: RecordFilter,
        from start: Int,
        count: Int
    ) async throws -> ExportReply { throw absent }
    func store(_ portrait: OutgoingPortrait, in library: Int) async throws { throw absent }
    func storeBatch(_ batch: OutgoingBatch, in library: Int) async throws -> BatchReply { throw absent }
    func updateAttributes(of id: PortraitID, in library: Int, to change: AttributeChange) async throws { throw absent }
    func deletePortraits(_ ids: [PortraitID], in library: Int) async throws { throw absent }
    func detectFace(in image: OutgoingImage) async throws -> FaceDetection { throw absent }
    func countFaces(in image: OutgoingImage) async throws -> Int { throw absent }
}
