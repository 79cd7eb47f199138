// SPDX-License-Identifier: Apache-2.0

/// A message by its number, with what a person calls it and whether it may be sent twice.
///
/// This list is all that facelib sends of its own accord; the dangerous neighbours are not in it.
struct Message: Sendable, Hashable {
    /// What a repeated request does.
    enum Effect: Sendable {
        /// Nothing: it may be sent again.
        case reads
        /// It changes the device, if only a counter of failed logins: without an answer nobody knows whether it did.
        case writes
    }

    /// The `msg_id`.
    var id: String
    /// What is asked of the device: "device hq refused to …".
    var purpose: String
    /// What a repeated request does.
    var effect: Effect

    static let logIn = Message(id: "257", purpose: "log in", effect: .writes)
    static let logOut = Message(id: "258", purpose: "log out", effect: .reads)
    static let identity = Message(id: "1281", purpose: "tell its serial number", effect: .reads)
    static let libraries = Message(id: "1028", purpose: "list its libraries", effect: .reads)
    static let createLibrary = Message(id: "1025", purpose: "create the library", effect: .writes)
    static let deleteLibrary = Message(id: "1026", purpose: "delete the library", effect: .writes)
    static let renameLibrary = Message(id: "1027", purpose: "rename the library", effect: .writes)
    static let portraits = Message(id: "1035", purpose: "list the portraits", effect: .reads)
    static let portrait = Message(id: "1032", purpose: "return the portrait", effect: .reads)
    static let clearAttributes = Message(id: "1067", purpose: "return the attributes in clear", effect: .reads)
    static let store = Message(id: "1051", purpose: "store the portrait", effect: .writes)
    static let storeJSONBatch = Message(id: "1052", purpose: "store the batch", effect: .writes)
    static let storeFormBatch = Message(id: "1030", purpose: "store the batch", effect: .writes)
    static let updateAttributes = Message(id: "1033", purpose: "change the attributes", effect: .writes)
    static let deletePortraits = Message(id: "1044", purpose: "delete the portraits", effect: .writes)
    static let exportPage = Message(id: "1038", purpose: "export a page of the library", effect: .reads)
    static let exportPortraits = Message(id: "1041", purpose: "export the portraits", effect: .reads)
    static let detectFace = Message(id: "779", purpose: "detect a face", effect: .reads)
    static let countFaces = Message(id: "782", purpose: "count the faces", effect: .reads)
    static let cameras = Message(id: "516", purpose: "list its cameras", effect: .reads)
    static let bindLibraries = Message(id: "515", purpose: "bind libraries to the camera", effect: .writes)
    static let clock = Message(id: "1283", purpose: "tell its time", effect: .reads)
    static let storage = Message(id: "1288", purpose: "tell its storage", effect: .reads)
    static let kept = Message(id: "1900", purpose: "tell what it keeps", effect: .reads)
    static let retention = Message(id: "1903", purpose: "tell how long it keeps portraits", effect: .reads)
    static let archiveCipher = Message(id: "1363", purpose: "tell how it encrypts archives", effect: .reads)
    static let protocolMode = Message(id: "1306", purpose: "tell its protocol", effect: .reads)
}
