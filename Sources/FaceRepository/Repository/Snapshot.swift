// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// One backup of one library at one time, as the catalog of its repository tells of it.
public struct Snapshot: Sendable, Hashable, Codable {
    /// What it is called: when it was taken and four random digits, such as `20261125-181502-3fa0`.
    public var id: String
    /// When it was taken, in UTC, such as `2026-11-25T18:15:02Z`.
    public var taken: String
    /// The device that had the library.
    public var device: SnapshotDevice
    /// The library.
    public var library: SnapshotLibrary
    /// How many portraits the snapshot has.
    public var portraits: Int
    /// How many of them are without an image, or without attributes that the device shows to nobody.
    public var incomplete: Int
    /// How many that the device listed are not in the snapshot, since it did not give them.
    public var failed: Int
    /// Why there may have been more portraits; `nil` where the listing was complete and stable.
    public var doubt: String?
    /// What about the device decides whether a backup can be complete, as it was then.
    public var settings: SnapshotSettings
    /// The cameras that the library was bound to (516).
    public var cameras: [SnapshotCamera]
    /// The file of its rows; empty within that file.
    package var manifest: String

    package init(
        id: String,
        taken: String,
        device: SnapshotDevice,
        library: SnapshotLibrary,
        portraits: Int,
        incomplete: Int,
        failed: Int,
        doubt: String? = nil,
        settings: SnapshotSettings,
        cameras: [SnapshotCamera],
        manifest: String
    ) {
        self.id = id
        self.taken = taken
        self.device = device
        self.library = library
        self.portraits = portraits
        self.incomplete = incomplete
        self.failed = failed
        self.doubt = doubt
        self.settings = settings
        self.cameras = cameras
        self.manifest = manifest
    }

    /// What is told of it: its id, and where it is from.
    public var title: String { "\(id) (\(device.name):\(library.name))" }

    /// Whether it is of a library, whatever its id on the device was at the time.
    func isOf(device serial: String, library name: String) -> Bool { device.serial == serial && library.name == name }
}

/// A device as a snapshot remembers it.
public struct SnapshotDevice: Sendable, Hashable, Codable {
    /// Its name in the configuration.
    public var name: String
    /// Its serial number (1281), or its name where it has none.
    public var serial: String
    /// The device id that an operator gave it.
    public var deviceID: String
    /// Its firmware version.
    public var firmware: String

    package init(name: String, serial: String, deviceID: String, firmware: String) {
        self.name = name
        self.serial = serial
        self.deviceID = deviceID
        self.firmware = firmware
    }
}

/// A library as a snapshot remembers it.
public struct SnapshotLibrary: Sendable, Hashable, Codable {
    /// Its name.
    public var name: String
    /// Its id on the device, at the time.
    public var id: Int
    /// The number of its type (`lib_type`), `nil` for one that is not documented.
    public var type: Int?

    package init(name: String, id: Int, type: Int? = nil) {
        self.name = name
        self.id = id
        self.type = type
    }

    /// Its type.
    public var libraryType: LibraryType? { type.flatMap(LibraryType.init(rawValue:)) }
}

/// What about a device decides whether a backup can be complete; `nil` where old firmware did not tell.
public struct SnapshotSettings: Sendable, Hashable, Codable {
    /// Whether it keeps the images of portraits (1900).
    public var keepsImages: Bool?
    /// After how many days it deletes portraits by itself, 0 for never (1903).
    public var retentionDays: Int?
    /// Space in use, in the device's own unit (1288).
    public var usedStorage: Int?
    /// Space in all, in the device's own unit (1288).
    public var storage: Int?
    /// Whether a full device overwrites the oldest records (1) or takes no more (2) (1288).
    public var storageStrategy: Int?
    /// How its archives are encrypted, `AES-128` or `AES-256` (1363).
    public var archiveCipher: String?
    /// Its clock, as it printed it (1283).
    public var clock: String?

    package init(
        keepsImages: Bool? = nil,
        retentionDays: Int? = nil,
        usedStorage: Int? = nil,
        storage: Int? = nil,
        storageStrategy: Int? = nil,
        archiveCipher: String? = nil,
        clock: String? = nil
    ) {
        self.keepsImages = keepsImages
        self.retentionDays = retentionDays
        self.usedStorage = usedStorage
        self.storage = storage
        self.storageStrategy = storageStrategy
        self.archiveCipher = archiveCipher
        self.clock = clock
    }
}

/// A camera that a library was bound to.
public struct SnapshotCamera: Sendable, Hashable, Codable {
    /// The channel, its key on the device.
    public var channel: Int
    /// Its name.
    public var name: String

    package init(channel: Int, name: String) {
        self.channel = channel
        self.name = name
    }
}
