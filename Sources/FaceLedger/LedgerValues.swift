// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// A library of one device, whatever the device is called in the configuration.
public struct LibraryKey: Hashable, Sendable {
    /// The device's serial number (1281).
    public var device: String
    /// The library's id on that device.
    public var library: Int

    /// Names a library of a device.
    public init(device: String, library: Int) {
        self.device = device
        self.library = library
    }
}

/// Where a job stands.
public enum JobState: String, Sendable, Hashable {
    /// Under way, or its process died; the lock tells which.
    case running
    /// Went to its end; rows may still have been rejected or failed.
    case finished
    /// Stopped by the user.
    case interrupted
    /// Stopped by an error or a safety guard; the message says why.
    case stopped
}

/// One run of a command.
public struct JobRecord: Sendable, Hashable {
    /// The id, such as `20261122-101502-3f`.
    public var id: String
    /// The command: `check` or `import`.
    public var command: String
    /// The source as typed.
    public var source: String
    /// The destination as typed, `""` for `check`.
    public var target: String
    /// The folder the command ran in.
    public var directory: String
    /// Everything needed to run it again, as JSON made and read by the command.
    public var options: String
    /// Where it stands.
    public var state: JobState
    /// What stopped it, `""` otherwise.
    public var message: String
    /// When it first started, in seconds since 1970.
    public var started: Double
    /// How long its attempts took together, in seconds.
    public var seconds: Double
    /// How many rows it has (filled by the ledger when read).
    public var rows: Int

    /// Describes a job that is about to start.
    public init(
        id: String,
        command: String,
        source: String,
        target: String,
        directory: String,
        options: String,
        state: JobState = .running,
        message: String = "",
        started: Double,
        seconds: Double = 0,
        rows: Int = 0
    ) {
        self.id = id
        self.command = command
        self.source = source
        self.target = target
        self.directory = directory
        self.options = options
        self.state = state
        self.message = message
        self.started = started
        self.seconds = seconds
        self.rows = rows
    }
}

/// A place in the rows of a job.
public struct ResultCursor: Sendable, Hashable {
    let isAppended: Bool
    let ordinal: Int
    let key: String
}

/// Some rows of a job in order.
public struct ResultPage: Sendable {
    /// The rows that have an outcome.
    public var rows: [RowResult]
    /// Where to go on, `nil` at the end.
    public var next: ResultCursor?
}

/// What a row's picture looks like.
public struct PictureRecord: Sendable, Hashable {
    /// The row's key.
    public var key: String
    /// A digest of the photo that only equal files have in common.
    public var content: Digest
    /// The perceptual hash, eight signed bytes to a word; empty when none could be made.
    public var hash: [UInt64]
    /// Keys of which the same picture, stored again, has at least one in common, as a rule.
    public var keys: [UInt64]

    /// Describes a picture.
    public init(key: String, content: Digest, hash: [UInt64], keys: [UInt64]) {
        self.key = key
        self.content = content
        self.hash = hash
        self.keys = keys
    }
}

/// An earlier row that shows the same picture.
public struct PictureTwin: Sendable, Hashable {
    /// The other row as the report names it.
    public var source: String
    /// Its line in the CSV.
    public var line: Int?
    /// Its img_id.
    public var imgID: String
    /// Whether the files are identical, byte for byte.
    public var identical: Bool
}

/// A batch as it stands in the ledger before its request leaves.
public struct BatchRecord: Sendable, Hashable {
    /// The batch's uuid.
    public var id: String
    /// The job it belongs to.
    public var job: String
    /// Where it goes.
    public var library: LibraryKey
    /// What it sends.
    public var items: [BatchItem]

    /// Describes a batch.
    public init(id: String, job: String, library: LibraryKey, items: [BatchItem]) {
        self.id = id
        self.job = job
        self.library = library
        self.items = items
    }
}

/// One portrait of a batch.
public struct BatchItem: Sendable, Hashable {
    /// The row's key in its job.
    public var key: String
    /// The portrait's id.
    public var imgID: PortraitID
    /// What will be known of the portrait once it is confirmed.
    public var fingerprint: PortraitFingerprint
    /// What was noticed about the row before it was sent, the gravest first.
    public var warnings: [Rejection]
    /// What else is to be said of the row once it is confirmed, a sentence or `""`.
    public var remark: String

    /// Describes one portrait of a batch.
    public init(
        key: String,
        imgID: PortraitID,
        fingerprint: PortraitFingerprint,
        warnings: [Rejection] = [],
        remark: String = ""
    ) {
        self.key = key
        self.imgID = imgID
        self.fingerprint = fingerprint
        self.warnings = warnings
        self.remark = remark
    }
}

/// What identifies the content of a portrait that was sent.
public struct PortraitFingerprint: Sendable, Hashable {
    /// The digest of the photo in the source, of the kind that the ledger has (``Ledger/contentKey``).
    public var photo: Digest
    /// The digest of the image as it was sent.
    public var image: Digest
    /// The SHA-256 of the attributes as they were sent.
    public var attributes: Digest
    /// The perceptual hash of the picture as words of 64 bits.
    public var hash: [UInt64]

    /// Describes the content of a portrait.
    public init(photo: Digest, image: Digest, attributes: Digest, hash: [UInt64]) {
        self.photo = photo
        self.image = image
        self.attributes = attributes
        self.hash = hash
    }
}

/// A portrait as it was last confirmed on a device.
public struct KnownPortrait: Sendable, Hashable {
    /// The portrait's id.
    public var imgID: PortraitID
    /// The device's version stamp (create_time and img_path).
    public var stamp: String
    /// What was sent.
    public var fingerprint: PortraitFingerprint
    /// When its attributes were last read in clear or sent, in seconds since 1970; 0 when that is not known.
    public var readAt: Double

    /// Describes a confirmed portrait.
    public init(imgID: PortraitID, stamp: String, fingerprint: PortraitFingerprint, readAt: Double) {
        self.imgID = imgID
        self.stamp = stamp
        self.fingerprint = fingerprint
        self.readAt = readAt
    }
}
