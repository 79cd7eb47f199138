// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import Synchronization

/// A device whose library is made up as it is listed, masked as devices show it.
///
/// Its portraits are `E-0000000` and so on; every `changed`-th has another name and another version.
final class SyntheticDevice: Device {
    let name: String
    let count: Int
    /// Which portraits differ from those of the other device; 0 for none.
    let changed: Int
    /// When its listing was last read to the end.
    let listing = Mutex<ContinuousClock.Instant>(.now)

    static let library = 1

    init(name: String, count: Int, changed: Int = 0) {
        self.name = name
        self.count = count
        self.changed = changed
    }

    private var refused: DeviceError { DeviceError(.refused, "a made-up device does not do this") }

    /// A portrait as it is listed.
    func listed(_ number: Int) -> ListedPortrait {
        let digits = String(number)
        let isChanged = changed > 0 && number % changed == 0
        return ListedPortrait(
            id: PortraitID(asListed: "E-" + String(repeating: "0", count: 7 - digits.count) + digits),
            imagePath: "img/1_\(number)\(isChanged ? "b" : "").jpg",
            createTime: Self.time(number),
            name: isChanged ? "Somebody \(number)" : "Person \(number)",
            identity: nil,
            gender: "1",
            age: "31",
            address: nil
        )
    }

    /// A second later for each portrait, as a device lists them.
    private static func time(_ number: Int) -> String {
        let parts = [number / 3600 % 24, number / 60 % 60, number % 60].map { ($0 < 10 ? "0" : "") + String($0) }
        return "2026-11-\(10 + number / 86_400) " + parts.joined(separator: ":")
    }

    func identity() async throws -> DeviceIdentity { DeviceIdentity(serial: name, deviceID: "1", version: "2.4.0") }

    func libraries() async throws -> [DeviceLibrary] {
        [DeviceLibrary(id: Self.library, name: "Staff", type: .whitelist, portraitCount: count, updateTime: "now")]
    }

    func portraits(in library: Int, from start: Int, count length: Int) async throws -> PortraitPage {
        let end = min(count, start - 1 + length)
        if end == count { listing.withLock { $0 = .now } }
        return PortraitPage(portraits: (start - 1..<max(start - 1, end)).map(listed), total: count)
    }

    func clearAttributes(of id: PortraitID, in library: Int) async throws -> ListedPortrait? {
        guard let number = Int(id.text.dropFirst(2)) else { return nil }
        var portrait = listed(number)
        (portrait.identity, portrait.address) = ("4711", "Oslo")
        return portrait
    }

    func kept() async throws -> KeptData { KeptData(portraitImages: true, captures: "11") }
    func retentionDays() async throws -> Int { 0 }
    func cameras() async throws -> [Camera] { [] }
    func sessionNumber() async -> Int { 1 }
    func logOut() async {}

    func createLibrary(named name: String, type: LibraryType) async throws -> DeviceLibrary { throw refused }
    func renameLibrary(_ library: DeviceLibrary, to name: String) async throws { throw refused }
    func deleteLibrary(_ library: DeviceLibrary) async throws { throw refused }
    func portrait(_ id: PortraitID, in library: Int) async throws -> StoredPortrait? { throw refused }
    func download(_ path: String) async throws -> [UInt8] { throw refused }
    func exportPortraits(_ ids: [PortraitID], in library: Int) async throws -> ExportReply { throw refused }
    func exportPortraits(in library: Int, from start: Int, count: Int) async throws -> ExportReply { throw refused }
    func download(_ path: String, to file: String) async throws -> Int { throw refused }
    func oneExportAtATime<Value>(_ body: () async throws -> Value) async throws -> Value { try await body() }
    func records(_ kind: RecordKind, _ filter: RecordFilter, from start: Int, count: Int) async throws -> RecordPage {
        throw refused
    }
    func stranger(_ id: String) async throws -> DeviceRecord? { throw refused }
    func person(behind capture: String) async throws -> DeviceRecord? { throw refused }
    func exportRecords(_ kind: RecordKind, _ ids: [String], of person: String?) async throws -> ExportReply {
        throw refused
    }
    func exportRecords(
        _ kind: RecordKind,
        _ filter: RecordFilter,
        from start: Int,
        count: Int
    ) async throws -> ExportReply { throw refused }
    func store(_ portrait: OutgoingPortrait, in library: Int) async throws { throw refused }
    func storeBatch(_ batch: OutgoingBatch, in library: Int) async throws -> BatchReply { throw refused }
    func updateAttributes(of id: PortraitID, in library: Int, to change: AttributeChange) async throws { throw refused }
    func deletePortraits(_ ids: [PortraitID], in library: Int) async throws { throw refused }
    func detectFace(in image: OutgoingImage) async throws -> FaceDetection { throw refused }
    func countFaces(in image: OutgoingImage) async throws -> Int { throw refused }
    func bind(_ libraries: [Int], to camera: Camera) async throws { throw refused }
    func archiveCipher() async throws -> ArchiveCipher { throw refused }
    func clock() async throws -> DeviceClock { throw refused }
    func storage() async throws -> DeviceStorage { throw refused }
    func protocolMode() async throws -> String { throw refused }
    func call(message: String, fieldsJSON: String) async throws -> String { throw refused }
}
