// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel

/// A device that holds its portraits in memory, behaves as the interface says by default, and has
/// whatever weather a test gives it.
actor InMemoryDevice: Device {
    /// A portrait as the device has it.
    struct Portrait {
        var id: PortraitID
        var attributes: AttributeChange
        var image: [UInt8]
        var imagePath: String
        var createTime: String
        /// How many lookups still pass until it shows.
        var hiddenFor: Int
    }

    /// The process was killed here, as far as the job can tell.
    struct Killed: Error {}

    nonisolated let name: String
    /// What the device is known by, wherever it stands.
    nonisolated let serial: String
    static let libraryID = 3
    static let libraryName = "staff"

    var weather = Weather()
    /// A storm strikes calls at random with this probability.
    var storm: (probability: Double, numbers: SeededNumbers)?
    /// The call with this number, counted from 1, and all after it kill the process.
    var killAt: Int?
    /// Whether a killed write is carried out first.
    var killsAfterActing = false

    /// Somebody who changes the library while it is listed.
    var neighbour: Neighbour?
    /// The order of the pages where it is another one each time.
    private var shuffling = SeededNumbers(1)

    private(set) var libraryNames = [libraryID: libraryName]
    private(set) var portraits: [Portrait] = []
    /// How often each id was stored.
    private(set) var stores: [PortraitID: Int] = [:]
    /// How often each id was deleted.
    private(set) var deletes: [PortraitID: Int] = [:]
    /// How often the attributes of each id were changed.
    private(set) var updates: [PortraitID: Int] = [:]
    /// How often each message came.
    private(set) var counts: [Call: Int] = [:]
    /// The sizes of the batches, in order.
    private(set) var batchSizes: [Int] = []
    private(set) var callCount = 0
    /// How many pictures were being looked at together at most.
    private(set) var mostDetecting = 0
    private var detecting = 0
    private var lastNumber = 0
    /// The archives that exports made, by path.
    var archives: [String: [UInt8]] = [:]
    /// The records of each kind, and the images behind paths that they name.
    var records: [RecordKind: [DeviceRecord]] = [:]
    private(set) var recordImages: [String: [UInt8]] = [:]
    /// How many exports ran at once at most.
    var mostExports = 0
    var runningExports = 0
    let exportTurn = ExportTurn()

    init(name: String = "hq", serial: String = "STSN1") { (self.name, self.serial) = (name, serial) }

    // MARK: For tests

    func set(_ change: @Sendable (inout Weather) -> Void) { change(&weather) }

    func brew(_ probability: Double, seed: UInt64) { storm = (probability, SeededNumbers(seed)) }

    func calm() {
        weather = Weather()
        storm = nil
        killAt = nil
    }

    func kill(at call: Int?, afterActing: Bool) {
        (killAt, killsAfterActing) = (call, afterActing)
        callCount = 0
    }

    func forgetCounts() {
        counts = [:]
        batchSizes = []
        (stores, deletes, updates) = ([:], [:], [:])
        callCount = 0
    }

    /// The portraits by id.
    var content: [PortraitID: Portrait] { Dictionary(uniqueKeysWithValues: portraits.map { ($0.id, $0) }) }

    /// All messages that came.
    var total: Int { counts.values.reduce(0, +) }

    /// Puts a portrait there, as somebody else would.
    func place(_ id: PortraitID, _ attributes: PersonAttributes, _ image: [UInt8]) {
        insert(
            OutgoingPortrait(id: id, attributes: attributes, image: OutgoingImage(bytes: image, fileExtension: "jpg"))
        )
    }

    func removeAll() { portraits = [] }

    /// Takes a portrait away, as somebody else would.
    func drop(_ id: PortraitID) { portraits.removeAll { $0.id == id } }

    /// Changes attributes in place, as somebody else would: the version stamp stays.
    func rewrite(_ id: PortraitID, _ attributes: PersonAttributes) {
        for place in portraits.indices where portraits[place].id == id {
            portraits[place].attributes = AttributeChange(attributes)
        }
    }

    /// Puts a record there, with the image behind its path.
    func place(_ kind: RecordKind, _ record: DeviceRecord, image: [UInt8]?) {
        records[kind, default: []].append(record)
        if let image { recordImages[record.imagePath] = image }
    }

    // MARK: Storing

    private func insert(_ portrait: OutgoingPortrait) {
        lastNumber += 1
        var attributes = AttributeChange(portrait.attributes)
        attributes.name = attributes.name.map { weather.spoilsName?($0) ?? $0 }
        let image = weather.keepsImages ? weather.reencodes?(portrait.image.bytes) ?? portrait.image.bytes : []
        portraits.append(
            Portrait(
                id: portrait.id,
                attributes: attributes,
                image: image,
                imagePath: weather.keepsImages ? "img/\(Self.libraryID)_\(lastNumber).jpg" : "",
                createTime: Self.time(lastNumber),
                hiddenFor: weather.lookupsUntilShown
            )
        )
    }

    /// One second for ten portraits: times have ties.
    private static func time(_ number: Int) -> String {
        let seconds = 10 + number / 10
        func digits(_ value: Int) -> String { value < 10 ? "0\(value)" : "\(value)" }
        return "2026-11-22 \(digits(10 + seconds / 3600)):\(digits(seconds / 60 % 60)):\(digits(seconds % 60))"
    }

    /// Takes one portrait in, or says why not.
    private func take(_ portrait: OutgoingPortrait) -> Int {
        if let code = weather.rowCodes[portrait.id] { return code }
        if portraits.contains(where: { $0.id == portrait.id }) { return -1100 }
        if weather.takenElsewhere.contains(portrait.id) { return -1100 }
        if portraits.count >= weather.capacity { return -122 }
        if weather.swallowed.contains(portrait.id) { return 0 }
        insert(portrait)
        stores[portrait.id, default: 0] += 1
        return 0
    }

    private func look() {
        for place in portraits.indices where portraits[place].hiddenFor > 0 { portraits[place].hiddenFor -= 1 }
    }

    // MARK: Weather

    private func fault(of call: Call) -> Fault {
        if var scripted = weather.faults[call], !scripted.isEmpty {
            let fault = scripted.removeFirst()
            weather.faults[call] = scripted
            return fault
        }
        guard var storm else { return .none }
        defer { self.storm = storm }
        guard Double.random(in: 0..<1, using: &storm.numbers) < storm.probability else { return .none }
        let faults: [Fault] =
            switch call {
            case .store, .batch, .update, .delete: [.lostBefore, .lostAfter, .lostAfter, .refused(-1), .unreachable]
            default: [.unreachable, .lostBefore]
            }
        return faults.randomElement(using: &storm.numbers) ?? .none
    }

    /// Counts a call; throws what keeps it from being carried out, returns what follows it.
    func arrive(_ call: Call, isWrite: Bool = false) throws -> Fault {
        try Task.checkCancellation()
        counts[call, default: 0] += 1
        callCount += 1
        if let meddling = weather.meddling, meddling.call == call, meddling.number == counts[call] {
            meddle(meddling.act)
        }
        if let killAt, callCount > killAt || callCount == killAt && !(isWrite && killsAfterActing) { throw Killed() }
        let fault = fault(of: call)
        switch fault {
        case .none, .lostAfter: return fault
        case .refused(let code): throw DeviceError(.refused, "the device answered \(code)", deviceCode: code)
        case .unreachable: throw DeviceError(.unreachable, "hq does not answer")
        case .lostBefore: throw DeviceError(.replyLost, "the answer never came")
        case .tooLarge: throw DeviceError(.tooLarge, "hq closed the connection")
        case .cutOff: throw DeviceError(.cutOff, "hq closed the connection while it was sent the request")
        case .malformed: throw DeviceError(.malformedReply, "not JSON")
        case .notFound: throw DeviceError(.notFound, "404")
        }
    }

    private func meddle(_ act: Meddling) {
        switch act {
        case .drop(let id): drop(id)
        case .rewrite(let id, let attributes): rewrite(id, attributes)
        case .place(let id, let attributes, let image): place(id, attributes, image)
        }
    }

    /// What happens to the answer once the device has acted.
    private func leave(_ fault: Fault) throws {
        if callCount == killAt { throw Killed() }
        if fault == .lostAfter { throw DeviceError(.replyLost, "the answer never came") }
    }

    // MARK: Libraries

    func identity() async throws -> DeviceIdentity {
        _ = try arrive(.identity)
        return DeviceIdentity(serial: serial, deviceID: "1", version: weather.version)
    }

    func libraries() async throws -> [DeviceLibrary] {
        _ = try arrive(.libraries)
        return libraryNames.sorted { $0.key < $1.key }.map { library($0.key, $0.value) }
    }

    private func library(_ id: Int, _ name: String) -> DeviceLibrary {
        DeviceLibrary(
            id: id,
            name: name,
            type: .whitelist,
            portraitCount: weather.laggingCount ?? (id == Self.libraryID ? portraits.count : 0),
            updateTime: "now"
        )
    }

    func createLibrary(named name: String, type: LibraryType) async throws -> DeviceLibrary {
        let fault = try arrive(.create, isWrite: true)
        libraryNames[Self.libraryID] = name
        try leave(fault)
        return library(Self.libraryID, name)
    }

    /// The device has no library yet.
    func dropLibraries() { libraryNames = [:] }

    // MARK: Queries

    func portraits(in library: Int, from start: Int, count: Int) async throws -> PortraitPage {
        _ = try arrive(.page)
        look()
        if counts[.page] ?? 0 > 1 { letTheNeighbourAct() }
        var shown = portraits.filter { $0.hiddenFor == 0 }
        if weather.isDescending { shown.reverse() }
        if weather.listing == .shuffled { shown.shuffle(using: &shuffling) }
        var page = Array(shown.dropFirst(weather.listing == .startIgnored ? 0 : start - 1).prefix(count))
        var total = shown.count - weather.totalIsLowBy
        switch weather.listing {
        case .steady, .shuffled: break
        case .totalGrows: total += counts[.page] ?? 0
        case .repeats: if start > 1, let first = shown.first, !page.isEmpty { page[0] = first }
        case .totalTooHigh: total += 7
        case .totalTooLow: total -= 1
        case .startIgnored: total = 1_000_000_000
        }
        return PortraitPage(portraits: page.map { listed($0, isClear: false) }, total: total)
    }

    func settle(_ neighbour: Neighbour) { self.neighbour = neighbour }

    private func letTheNeighbourAct() {
        guard var neighbour, neighbour.rest > 0 else { return }
        defer { self.neighbour = neighbour }
        guard Double.random(in: 0..<1, using: &neighbour.numbers) < neighbour.probability else { return }
        neighbour.rest -= 1
        if neighbour.act != .addition, let leaver = portraits.randomElement(using: &neighbour.numbers) {
            neighbour.removed.insert(leaver.id)
            drop(leaver.id)
        }
        guard neighbour.act != .removal else { return }
        place(.e(100_000 + lastNumber), PersonAttributes(), [1])
        let added = portraits.removeLast()
        switch neighbour.place {
        case .newEnd: portraits.append(added)
        case .oldEnd: portraits.insert(added, at: 0)
        case .anywhere: portraits.insert(added, at: Int.random(in: 0...portraits.count, using: &neighbour.numbers))
        }
    }

    func portrait(_ id: PortraitID, in library: Int) async throws -> StoredPortrait? {
        _ = try arrive(.portrait)
        look()
        guard let found = portraits.first(where: { $0.id == id && $0.hiddenFor == 0 }) else { return nil }
        return StoredPortrait(listed: listed(found, isClear: false), image: found.image.isEmpty ? nil : found.image)
    }

    func clearAttributes(of id: PortraitID, in library: Int) async throws -> ListedPortrait? {
        _ = try arrive(.clear)
        return portraits.first { $0.id == id }.map { listed($0, isClear: !weather.staysMasked) }
    }

    func download(_ path: String) async throws -> [UInt8] {
        _ = try arrive(.download)
        return try image(behind: path)
    }

    func image(behind path: String) throws -> [UInt8] {
        if let image = recordImages[path] { return image }
        guard let found = portraits.first(where: { $0.imagePath == path }) else { throw DeviceError(.notFound, "404") }
        return found.image
    }

    private func listed(_ portrait: Portrait, isClear: Bool) -> ListedPortrait {
        func shown(_ field: Weather.Field, _ value: String?) -> String? {
            !isClear && weather.masked.contains(field) && value != "" ? nil : value
        }
        let attributes = portrait.attributes
        return ListedPortrait(
            id: portrait.id,
            imagePath: portrait.imagePath,
            createTime: portrait.createTime,
            name: shown(.name, attributes.name),
            identity: shown(.identity, attributes.identity),
            gender: attributes.gender,
            age: attributes.age,
            address: shown(.address, attributes.address)
        )
    }

    // MARK: Changes

    func store(_ portrait: OutgoingPortrait, in library: Int) async throws {
        let fault = try arrive(.store, isWrite: true)
        try checkSize(portrait.image.bytes.count)
        let code = take(portrait)
        try leave(fault)
        if code != 0 { throw DeviceError(.refused, "the device answered \(code)", deviceCode: code) }
    }

    /// What a proxy before the device does with large requests.
    private func checkSize(_ bytes: Int) throws {
        guard bytes > weather.mostBytes else { return }
        throw weather.cutsOff ? DeviceError(.cutOff, "hq closed the connection") : DeviceError(.tooLarge, "HTTP 413")
    }

    func storeBatch(_ batch: OutgoingBatch, in library: Int) async throws -> BatchReply {
        batchSizes.append(batch.portraits.count)
        let fault: Fault
        do {
            fault = try arrive(.batch, isWrite: true)
        } catch let error as DeviceError where error.code == .refused {
            return BatchReply(
                code: error.deviceCode ?? -1,
                message: "refused",
                errorCount: nil,
                verdicts: [:],
                csvProblem: nil
            )
        }
        let bytes = batch.portraits.reduce(0) { $0 + $1.image.bytes.count }
        try checkSize(bytes)
        if batch.portraits.count > weather.mostImages { throw DeviceError(.tooLarge, "hq closed the connection") }
        var codes: [(id: PortraitID, code: Int)] = []
        for portrait in batch.portraits {
            let code = weather.batchRowCodes[portrait.id] ?? take(portrait)
            codes.append((portrait.id, code))
            if code != 0 && weather.stopsAtFirst { break }
        }
        try leave(fault)
        return reply(codes)
    }

    private func reply(_ codes: [(id: PortraitID, code: Int)]) -> BatchReply {
        let failures = codes.filter { $0.code != 0 }
        let told: [(id: PortraitID, code: Int)] =
            switch weather.resultFile {
            case .failures: failures
            case .everything: codes
            case .missing: []
            case .lies: codes.map { ($0.id, 0) }
            }
        return BatchReply(
            code: weather.codeOnError ? failures.first?.code ?? 0 : 0,
            message: "",
            errorCount: failures.count,
            verdicts: Dictionary(uniqueKeysWithValues: told.map { ($0.id, .init(code: $0.code, message: "")) }),
            csvProblem: weather.resultFile == .missing ? "404" : nil
        )
    }

    func updateAttributes(of id: PortraitID, in library: Int, to change: AttributeChange) async throws {
        let fault = try arrive(.update, isWrite: true)
        guard let place = portraits.firstIndex(where: { $0.id == id }) else {
            throw DeviceError(.refused, "no such portrait", deviceCode: -126)
        }
        var attributes = portraits[place].attributes
        attributes.name = change.name ?? attributes.name
        attributes.identity = change.identity ?? attributes.identity
        attributes.gender = change.gender ?? attributes.gender
        attributes.age = change.age ?? attributes.age
        attributes.address = change.address ?? attributes.address
        portraits[place].attributes = attributes
        updates[id, default: 0] += 1
        try leave(fault)
    }

    func deletePortraits(_ ids: [PortraitID], in library: Int) async throws {
        let fault = try arrive(.delete, isWrite: true)
        for id in ids where portraits.contains(where: { $0.id == id }) { deletes[id, default: 0] += 1 }
        portraits.removeAll { ids.contains($0.id) }
        try leave(fault)
    }

    func detectFace(in image: OutgoingImage) async throws -> FaceDetection {
        _ = try arrive(.detect)
        try checkSize(image.bytes.count)
        detecting += 1
        defer { detecting -= 1 }
        mostDetecting = max(mostDetecting, detecting)
        // Others get the chance to ask meanwhile.
        for _ in 0..<20 { await Task.yield() }
        if let code = weather.pictureCodes[image.bytes] {
            throw DeviceError(.refused, "the device answered \(code)", deviceCode: code)
        }
        return FaceDetection(quality: 80, box: "0,0,10,10")
    }
}

// What no job asks for.
extension InMemoryDevice {
    private var unasked: DeviceError { DeviceError(.refused, "not part of a job") }

    func renameLibrary(_ library: DeviceLibrary, to name: String) async throws { throw unasked }
    func deleteLibrary(_ library: DeviceLibrary) async throws { throw unasked }
    func countFaces(in image: OutgoingImage) async throws -> Int { throw unasked }
    func cameras() async throws -> [Camera] {
        _ = try arrive(.cameras)
        return weather.cameras
    }
    func bind(_ libraries: [Int], to camera: Camera) async throws {
        let fault = try arrive(.bind, isWrite: true)
        for index in weather.cameras.indices where weather.cameras[index].channel == camera.channel {
            weather.cameras[index].libraryIDs = libraries
        }
        try leave(fault)
    }
    func archiveCipher() async throws -> ArchiveCipher {
        _ = try arrive(.cipher)
        return weather.cipher
    }
    func clock() async throws -> DeviceClock {
        _ = try arrive(.clock)
        guard let time = weather.time else { throw unasked }
        return DeviceClock(time: time, zone: "GMT+08:00")
    }
    func storage() async throws -> DeviceStorage { throw unasked }
    func kept() async throws -> KeptData {
        _ = try arrive(.kept)
        return KeptData(portraitImages: weather.keepsImages, captures: "11")
    }
    func retentionDays() async throws -> Int {
        _ = try arrive(.retention)
        return weather.retentionDays
    }
    func protocolMode() async throws -> String { throw unasked }
    func call(message: String, fieldsJSON: String) async throws -> String { throw unasked }
    func sessionNumber() async -> Int { weather.sessionsEnd ? counts[.page] ?? 0 : 1 }
    func logOut() async {}
}
