// SPDX-License-Identifier: Apache-2.0

/// A message that the device understands: its number, where it is sent and what it does.
struct Message: Sendable {
    /// What a message does to the device.
    enum Effect: Sendable {
        case reads
        case writes
        /// Stores portraits: also a writing one, and subject to `timeout_after_commit`.
        case stores
    }

    typealias Handler = @Sendable (Appliance, Call) async throws -> Reply

    var id: Int
    var endpoint: Endpoint
    var needsSession: Bool
    var effect: Effect
    var handle: Handler

    /// All messages by number.
    static let table: [Int: Message] = Dictionary(
        uniqueKeysWithValues: (access + libraries + portraits + portraitExports + records + faces + cameras + system)
            .map { ($0.id, $0) }
    )

    private static let access = [
        Message(257, needsSession: false) { try await $0.logIn($1) },
        Message(258) { await $0.logOut($1) },
        Message(1322, needsSession: false) { try await $0.verificationCode($1) },
    ]

    private static let libraries = [
        Message(1028) { appliance, _ in try await appliance.listLibraries() },
        Message(1025, effect: .writes) { try await $0.createLibrary($1) },
        Message(1026, effect: .writes) { try await $0.deleteLibrary($1) },
        Message(1027, effect: .writes) { try await $0.modifyLibrary($1) },
        Message(1034) { try await $0.queryLibraries($1) },
    ]

    private static let portraits = [
        Message(1029, .form, effect: .stores) { try await $0.storePortrait($1, form: true) },
        Message(1051, effect: .stores) { try await $0.storePortrait($1, form: false) },
        Message(1030, .form, effect: .stores) { try await $0.storeBatch($1, form: true) },
        Message(1052, effect: .stores) { try await $0.storeBatch($1, form: false) },
        Message(1031, effect: .writes) { try await $0.deletePortrait($1) },
        Message(1044, effect: .writes) { try await $0.deletePortraits($1) },
        Message(1033, effect: .writes) { try await $0.modifyPortrait($1) },
        Message(1032) { try await $0.queryPortrait($1) },
        Message(1035) { try await $0.listPortraits($1) },
        Message(1067) { try await $0.decryptPortrait($1) },
    ]

    private static let portraitExports = [
        Message(1038) { try await $0.exportPortraits($1) },
        Message(1041) { try await $0.exportChosenPortraits($1) },
        Message(1362, effect: .writes) { try await $0.chooseCipher($1) },
        Message(1363) { appliance, _ in try await appliance.cipherInUse() },
    ]

    /// Of each kind: the query, the export by pages, the export of chosen ones.
    private static let recordMessages: [RecordKind: [Int]] = [
        .captures: [1037, 1040, 1043], .alarms: [1036, 1039, 1042], .bodies: [1046, 1048, 1047],
        .bodyAlarms: [1068, 1070, 1069], .strangers: [2053, 2049, 2050], .wandering: [2054, 2055, 2056],
        .profile: [1065, 2051, 2052],
    ]

    private static let records =
        recordMessages.flatMap { kind, ids in
            [
                Message(ids[0]) { try await $0.queryRecords(kind, $1) },
                Message(ids[1]) { try await $0.exportRecords(kind, $1) },
                Message(ids[2]) { try await $0.exportChosenRecords(kind, $1) },
            ]
        } + [
            Message(2057) { try await $0.queryStranger($1) },
            Message(1066) { try await $0.queryOwner($1) },
        ]

    private static let faces = [
        Message(769, .form) { try await $0.detectFace($1, form: true) },
        Message(779) { try await $0.detectFace($1, form: false) },
        Message(782, .form) { try await $0.detectFaces($1) },
    ]

    private static let cameras = [
        Message(516) { appliance, _ in try await appliance.listCameras() },
        Message(515, effect: .writes) { try await $0.modifyCamera($1) },
    ]

    private static let system = [
        Message(1050) { appliance, _ in await appliance.todaysCounts() },
        Message(1281) { appliance, _ in try await appliance.versions() },
        Message(1283) { appliance, _ in await appliance.systemTime() },
        Message(1288) { appliance, _ in try await appliance.storage() },
        Message(1301) { appliance, _ in await appliance.deviceID() },
        Message(1306) { appliance, _ in await appliance.protocolInUse() },
        Message(1900) { appliance, _ in await appliance.whatIsStored() },
        Message(1903) { try await $0.retention($1) },
    ]

    private init(
        _ id: Int,
        _ endpoint: Endpoint = .json,
        needsSession: Bool = true,
        effect: Effect = .reads,
        _ handle: @escaping Handler
    ) {
        self.id = id
        self.endpoint = endpoint
        self.needsSession = needsSession
        self.effect = effect
        self.handle = handle
    }
}
