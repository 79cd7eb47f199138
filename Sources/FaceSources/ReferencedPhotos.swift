// SPDX-License-Identifier: Apache-2.0

/// Remembers which photos the rows of a CSV named, so that the others can be reported.
///
/// Photos are known by a 64-bit number that is made from their path and is the same in every process.
public protocol ReferencedPhotos: AnyObject {
    /// Notes that rows named these photos.
    ///
    /// - Parameter photos: Some hundred numbers, possibly known already.
    /// - Throws: What keeps the memory from working; the reading ends with it.
    func insert(_ photos: [UInt64]) throws

    /// Says of each photo whether a row named it.
    ///
    /// - Parameter photos: Some hundred numbers.
    /// - Returns: An answer for each, in order.
    /// - Throws: What keeps the memory from working; the reading ends with it.
    func contains(_ photos: [UInt64]) throws -> [Bool]
}

/// Referenced photos in memory: about 16 bytes a photo.
public final class PhotosInMemory: ReferencedPhotos {
    private var known: Set<UInt64> = []

    /// Starts with no photos.
    public init() {}

    /// Notes that rows named these photos.
    ///
    /// - Parameter photos: The photos' numbers.
    public func insert(_ photos: [UInt64]) { known.formUnion(photos) }

    /// Says of each photo whether a row named it.
    ///
    /// - Parameter photos: The photos' numbers.
    /// - Returns: An answer for each, in order.
    public func contains(_ photos: [UInt64]) -> [Bool] { photos.map(known.contains) }
}

/// The number by which a photo is known, made from its folder's real path and its name.
package enum PhotoNumber {
    /// The FNV-1a hash of the path in NFC: spellings that differ only in composition are one photo, so that a file
    /// system that changes the spelling of names does no harm.
    package static func of(folder: String, name: String) -> UInt64 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for text in [folder, "/", name] {
            for byte in text.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
        }
        return hash
    }
}
