// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// What a device says of itself (1281).
public struct DeviceIdentity: Sendable, Hashable {
    /// The serial number, the device's stable identity.
    public var serial: String
    /// The device id an operator gave it.
    public var deviceID: String
    /// The firmware version as displayed.
    public var version: String
    /// The identity that the configuration gives it, in place of a serial number that is missing or another's too.
    public var assigned: String?

    /// What the device is known by: the identity that it was given here, else its serial number.
    public var key: String { assigned ?? serial }

    /// Collects what a device says of itself.
    ///
    /// - Parameters:
    ///   - serial: The serial number.
    ///   - deviceID: The device id.
    ///   - version: The firmware version.
    ///   - assigned: The identity that the configuration gives it.
    public init(serial: String, deviceID: String, version: String, assigned: String? = nil) {
        self.assigned = assigned
        self.serial = serial
        self.deviceID = deviceID
        self.version = version
    }
}

/// A portrait library as listed (1028).
public struct DeviceLibrary: Sendable, Hashable {
    /// The id the device assigned; valid on this device only.
    public var id: Int
    /// The name, the library's identity between devices.
    public var name: String
    /// The type; `nil` for a number that is not documented.
    public var type: LibraryType?
    /// How many portraits the device counts.
    public var portraitCount: Int
    /// When the library last changed, as the device wrote it.
    public var updateTime: String

    /// Collects a library's facts.
    ///
    /// - Parameters:
    ///   - id: The id on this device.
    ///   - name: The name.
    ///   - type: The type.
    ///   - portraitCount: How many portraits the device counts.
    ///   - updateTime: When the library last changed.
    public init(id: Int, name: String, type: LibraryType?, portraitCount: Int, updateTime: String) {
        self.id = id
        self.name = name
        self.type = type
        self.portraitCount = portraitCount
        self.updateTime = updateTime
    }
}

/// One page of a listing (1035).
public struct PortraitPage: Sendable {
    /// The records of this page.
    public var portraits: [ListedPortrait]
    /// How many records the device counts in all.
    public var total: Int

    /// Collects a page.
    ///
    /// - Parameters:
    ///   - portraits: The records of this page.
    ///   - total: How many there are in all.
    public init(portraits: [ListedPortrait], total: Int) {
        self.portraits = portraits
        self.total = total
    }
}

/// A portrait with its image (1032).
public struct StoredPortrait: Sendable {
    /// The portrait as listed.
    public var listed: ListedPortrait
    /// The image's bytes; `nil` when the device keeps or sends none.
    public var image: [UInt8]?

    /// Collects a portrait and its image.
    ///
    /// - Parameters:
    ///   - listed: The portrait as listed.
    ///   - image: The image's bytes.
    public init(listed: ListedPortrait, image: [UInt8]?) {
        self.listed = listed
        self.image = image
    }
}

/// An image on its way to the device.
public struct OutgoingImage: Sendable {
    /// The bytes of a JPEG, PNG, BMP or TIFF file.
    public var bytes: [UInt8]
    /// The extension that fits the bytes, without the dot: `jpg`, `png`, `bmp` or `tif`.
    public var fileExtension: String

    /// Takes an image.
    ///
    /// - Parameters:
    ///   - bytes: The file's bytes.
    ///   - fileExtension: The extension without the dot.
    public init(bytes: [UInt8], fileExtension: String) {
        self.bytes = bytes
        self.fileExtension = fileExtension
    }
}

/// A portrait on its way to the device.
public struct OutgoingPortrait: Sendable {
    /// The id.
    public var id: PortraitID
    /// The attributes in clear.
    public var attributes: PersonAttributes
    /// The image.
    public var image: OutgoingImage

    /// Takes a portrait.
    ///
    /// - Parameters:
    ///   - id: The id.
    ///   - attributes: The attributes in clear.
    ///   - image: The image.
    public init(id: PortraitID, attributes: PersonAttributes, image: OutgoingImage) {
        self.id = id
        self.attributes = attributes
        self.image = image
    }

    /// The name under which it can travel in a batch, `nil` when its values cannot be said in one.
    ///
    /// - Parameter upload: The message that the batch is sent with. In a form, a name that some reader would decode is
    ///   no name: `%22` and the like, as HTML has them, `+`, and `;`, at which plain readers cut.
    /// - Returns: The name with its extension.
    public func batchFileName(in upload: DeviceSettings.UploadMessage) -> String? {
        let name = BatchFileName.text(id: id, attributes: attributes, fileExtension: image.fileExtension)
        guard upload == .form, let name else { return name }
        return name.contains(where: { "+;".contains($0) }) || Self.holdsEscape(name) ? nil : name
    }

    private static func holdsEscape(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        return bytes.indices.dropLast(2).contains { place in
            bytes[place] == UInt8(ascii: "%")
                && bytes[(place + 1)...(place + 2)].allSatisfy { Character(Unicode.Scalar($0)).isHexDigit }
        }
    }
}

/// One 1030 or 1052 call.
public struct OutgoingBatch: Sendable {
    /// The batch's label, a new UUID for each request (interface B5).
    public var uuid: String
    /// The portraits, each with a ``OutgoingPortrait/batchFileName(in:)``.
    public var portraits: [OutgoingPortrait]

    /// Takes a batch.
    ///
    /// - Parameters:
    ///   - uuid: The batch's label.
    ///   - portraits: The portraits.
    public init(uuid: String, portraits: [OutgoingPortrait]) {
        self.uuid = uuid
        self.portraits = portraits
    }
}

/// What a device said of a batch; advisory, to be held against what it stored (interface B4 to B7).
public struct BatchReply: Sendable {
    /// The code of the whole call; not proof of anything.
    public var code: Int
    /// The device's text, `""` when it gave none.
    public var message: String
    /// How many images it counts as refused, `nil` when it did not say.
    public var errorCount: Int?
    /// What the result CSV says of the ids it names: 0 for stored, else the code.
    public var verdicts: [PortraitID: Verdict]
    /// Why the result CSV could not be used, `nil` when it was read (or none was named).
    public var csvProblem: String?

    /// A result CSV's word on one image.
    public struct Verdict: Sendable, Hashable {
        /// The code, 0 for stored.
        public var code: Int
        /// The text beside it.
        public var message: String

        /// Takes a CSV's word.
        ///
        /// - Parameters:
        ///   - code: The code.
        ///   - message: The text.
        public init(code: Int, message: String) {
            self.code = code
            self.message = message
        }
    }

    /// Collects a reply.
    ///
    /// - Parameters:
    ///   - code: The code of the whole call.
    ///   - message: The device's text.
    ///   - errorCount: How many images it counts as refused.
    ///   - verdicts: What the result CSV says.
    ///   - csvProblem: Why the result CSV could not be used.
    public init(
        code: Int,
        message: String,
        errorCount: Int?,
        verdicts: [PortraitID: Verdict],
        csvProblem: String?
    ) {
        self.code = code
        self.message = message
        self.errorCount = errorCount
        self.verdicts = verdicts
        self.csvProblem = csvProblem
    }
}

/// The device's view of a face (779).
public struct FaceDetection: Sendable, Hashable {
    /// The quality, 0 to 100.
    public var quality: Int
    /// The face's box as sent: left, top, right, bottom.
    public var box: String

    /// Takes a detection.
    ///
    /// - Parameters:
    ///   - quality: The quality.
    ///   - box: The face's box.
    public init(quality: Int, box: String) {
        self.quality = quality
        self.box = box
    }
}
