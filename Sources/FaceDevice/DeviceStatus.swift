// SPDX-License-Identifier: Apache-2.0

/// A camera and the libraries it watches for (516); its passwords are never read.
public struct Camera: Sendable, Hashable {
    /// The camera's channel, its key.
    public var channel: Int
    /// The camera's name.
    public var name: String
    /// The ids of the libraries bound to it.
    public var libraryIDs: [Int]

    /// Takes a camera.
    ///
    /// - Parameters:
    ///   - channel: The channel.
    ///   - name: The name.
    ///   - libraryIDs: The libraries bound to it.
    public init(channel: Int, name: String, libraryIDs: [Int]) {
        self.channel = channel
        self.name = name
        self.libraryIDs = libraryIDs
    }
}

/// A device's clock (1283), local time without a zone of its own (interface Y2).
public struct DeviceClock: Sendable, Hashable {
    /// The time as the device printed it.
    public var time: String
    /// The zone as printed, such as `GMT+08:00`.
    public var zone: String

    /// Takes a clock reading.
    ///
    /// - Parameters:
    ///   - time: The time as printed.
    ///   - zone: The zone as printed.
    public init(time: String, zone: String) {
        self.time = time
        self.zone = zone
    }
}

/// A device's space for records (1288); the unit is not documented (interface Y5).
public struct DeviceStorage: Sendable, Hashable {
    /// Space in use.
    public var used: Int
    /// Space in all.
    public var capacity: Int
    /// Whether the device overwrites the oldest records when full (1) or stops taking new ones (2).
    public var strategy: Int

    /// Takes a reading.
    ///
    /// - Parameters:
    ///   - used: Space in use.
    ///   - capacity: Space in all.
    ///   - strategy: What happens when it is full.
    public init(used: Int, capacity: Int, strategy: Int) {
        self.used = used
        self.capacity = capacity
        self.strategy = strategy
    }
}

/// What a device encrypts export archives with (1363).
public enum ArchiveCipher: Sendable, Hashable {
    /// AES with a key of 128 bits.
    case aes128
    /// AES with a key of 256 bits.
    case aes256
}

/// What a device keeps (1900).
public struct KeptData: Sendable, Hashable {
    /// Whether libraries keep the image of a portrait, not only its features.
    public var portraitImages: Bool
    /// Two characters: captures enter the database, their pictures are saved.
    public var captures: String

    /// Takes a reading.
    ///
    /// - Parameters:
    ///   - portraitImages: Whether libraries keep images.
    ///   - captures: The two characters for captures.
    public init(portraitImages: Bool, captures: String) {
        self.portraitImages = portraitImages
        self.captures = captures
    }
}
