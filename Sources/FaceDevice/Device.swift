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
    /// The device's clock as it prints it (1283).
    func clock() async throws -> DeviceClock
    /// The space for records (1288).
    func storage() async throws -> DeviceStorage
    /// What the device keeps of portraits and captures (1900).
    func kept() async throws -> KeptData
    /// How many days library images are kept, 0 for ever (1903 with store_obj 1).
    func retentionDays() async throws -> Int
    /// `http` or `https` (1306).
    func protocolMode() async throws -> String

    /// Sends one message as it is and returns the reply's text (`facelib device call`).
    func call(message: String, fieldsJSON: String) async throws -> String

    /// Ends the session (258); no error when there is none.
    func logOut() async
}
