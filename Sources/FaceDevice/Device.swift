// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// One appliance, in the words of the field.
///
/// Every method throws ``DeviceError`` for what the device or the network refuses and
/// `CancellationError` when its task is cancelled. A portrait that is not there is a value (`nil`),
/// not an error. Implementations are safe to use from many tasks; they share one session.
public protocol Device: Sendable {
    /// The device's name in the configuration, for messages.
    var name: String { get }

    /// What the device says of itself (1281).
    func identity() async throws -> DeviceIdentity

    /// The libraries of the device, without the grey list (1028).
    func libraries() async throws -> [DeviceLibrary]
    /// Makes a library (1025) and returns it as listed afterwards.
    func createLibrary(named name: String, type: LibraryType) async throws -> DeviceLibrary
    /// Renames a library, keeping its type (1027).
    func renameLibrary(_ library: DeviceLibrary, to name: String) async throws
    /// Deletes a library with all it holds (1026).
    func deleteLibrary(_ library: DeviceLibrary) async throws

    /// One page of a library's listing (1035): `count` records, at most 50, from record `start`, counted from 1.
    func portraits(in library: Int, from start: Int, count: Int) async throws -> PortraitPage
    /// One portrait with its image (1032), `nil` when it is not in the library.
    func portrait(_ id: PortraitID, in library: Int) async throws -> StoredPortrait?
    /// One portrait's attributes in clear (1067), `nil` when it is not in the library.
    func clearAttributes(of id: PortraitID, in library: Int) async throws -> ListedPortrait?
    /// The bytes behind a path that a reply named, such as an `img_path` (interface E1).
    func download(_ path: String) async throws -> [UInt8]

    /// Exports chosen portraits, 1 to 50, into an archive on the device (1041).
    func exportPortraits(_ ids: [PortraitID], in library: Int) async throws -> ExportReply
    /// Exports a page of a library, at most 500 portraits from record `start`, counted from 1, into an archive on
    /// the device (1038).
    func exportPortraits(in library: Int, from start: Int, count: Int) async throws -> ExportReply
    /// Writes the file behind a path that a reply named into a new file (0600, not synced) and returns its length.
    ///
    /// A download that is cut short is an error that ``DeviceError/mayPass`` is true for, and leaves no file; it
    /// begins again from the start (interface E13). Exports that are gone are ``DeviceError/Code/notFound`` (E9).
    func download(_ path: String, to file: String) async throws -> Int
    /// Runs an export and the download of its archive while no other one runs on this device (interface E2).
    ///
    /// Not reentrant: `body` must not ask for its turn again.
    func oneExportAtATime<Value>(_ body: () async throws -> Value) async throws -> Value

    /// One page of records (1037, 1036, 1046, 1068, 2053, 2054 or 1065): `count`, at most 50, from record `start`,
    /// counted from 1.
    func records(_ kind: RecordKind, _ filter: RecordFilter, from start: Int, count: Int) async throws -> RecordPage
    /// One stranger (2057), `nil` when the device does not know the id.
    func stranger(_ id: String) async throws -> DeviceRecord?
    /// The stranger whose face a capture shows (1066), its id in the field `img_id`; `nil` when there is none.
    func person(behind capture: String) async throws -> DeviceRecord?
    /// Exports chosen records, 1 to 50, into an archive on the device (1043, 1042, 1047, 1069, 2050, 2056 or 2052).
    ///
    /// `person` is the stranger of a profile, `nil` for every other kind.
    func exportRecords(_ kind: RecordKind, _ ids: [String], of person: String?) async throws -> ExportReply
    /// Exports a page of records, at most ``RecordKind/exportPageLimit`` from record `start`, counted from 1, into an
    /// archive on the device (1040, 1039, 1048, 1070, 2049, 2055 or 2051). Alarms need libraries (interface E8).
    func exportRecords(
        _ kind: RecordKind,
        _ filter: RecordFilter,
        from start: Int,
        count: Int
    ) async throws -> ExportReply

    /// Stores one portrait with its attributes as fields (1051).
    func store(_ portrait: OutgoingPortrait, in library: Int) async throws
    /// Stores a batch under batch file names (1052 or 1030, as configured) and reads its result CSV.
    func storeBatch(_ batch: OutgoingBatch, in library: Int) async throws -> BatchReply
    /// Changes attributes (1033); only the fields that are given are sent.
    func updateAttributes(of id: PortraitID, in library: Int, to change: AttributeChange) async throws
    /// Deletes 1 to 50 portraits (1044).
    func deletePortraits(_ ids: [PortraitID], in library: Int) async throws

    /// The device's own view of a face, without enrolment (779).
    func detectFace(in image: OutgoingImage) async throws -> FaceDetection
    /// How many faces the device sees in a picture (782).
    func countFaces(in image: OutgoingImage) async throws -> Int

    /// The cameras and the libraries bound to them (516).
    func cameras() async throws -> [Camera]
    /// Binds a camera to these libraries and to no others (515), and sees afterwards that it lists them (interface C2).
    ///
    /// Nothing else of the camera changes, and doing it again is harmless. An error may come after the device acted.
    func bind(_ libraries: [Int], to camera: Camera) async throws
    /// The device's clock as it prints it (1283).
    func clock() async throws -> DeviceClock
    /// The space for records (1288).
    func storage() async throws -> DeviceStorage
    /// What the device keeps of portraits and captures (1900).
    func kept() async throws -> KeptData
    /// How many days library images are kept, 0 for ever (1903 with store_obj 1).
    func retentionDays() async throws -> Int
    /// What export archives are encrypted with (1363).
    func archiveCipher() async throws -> ArchiveCipher
    /// `http` or `https` (1306).
    func protocolMode() async throws -> String

    /// Sends one message as it is and returns the reply's text (`facelib device call`).
    func call(message: String, fieldsJSON: String) async throws -> String

    /// How many sessions were begun so far: a number that grows while something is read tells that the session ended.
    func sessionNumber() async -> Int
    /// Ends the session (258); no error when there is none.
    func logOut() async
}
