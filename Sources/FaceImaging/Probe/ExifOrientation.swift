// SPDX-License-Identifier: Apache-2.0

/// Finds the orientation tag (0x0112) in a block of EXIF data.
enum ExifOrientation {
    /// The orientation, 1 to 8, or nil where the block has none or is broken.
    ///
    /// - Parameter block: The block from its TIFF header on; a leading `Exif\0\0` is passed over.
    /// - Returns: The orientation.
    static func find(in block: ByteView) -> Int? {
        let exif = block.hasText("Exif\0\0", at: 0) ? block.part(from: 6, count: block.count) : block
        let isLittle = exif.hasText("II", at: 0)
        guard isLittle || exif.hasText("MM", at: 0) else { return nil }
        func read16(_ at: Int) -> Int? { isLittle ? exif.little16(at) : exif.big16(at) }
        func read32(_ at: Int) -> Int? { isLittle ? exif.little32(at) : exif.big32(at) }
        guard read16(2) == 42, let directory = read32(4), let entries = read16(directory) else { return nil }
        for entry in 0..<entries {
            let at = directory + 2 + entry * 12
            guard let tag = read16(at) else { return nil }
            guard tag == 0x0112 else { continue }
            guard read16(at + 2) == 3, let value = read16(at + 8), (1...8).contains(value) else { return nil }
            return value
        }
        return nil
    }
}
