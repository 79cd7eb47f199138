// SPDX-License-Identifier: Apache-2.0

/// How much of an archive may be read.
///
/// What is never read costs nobody anything, and is not measured.
public struct ExtractionBudget: Sendable, Hashable {
    /// The most entries, folders counted too.
    public var entries: Int
    /// The most bytes one entry that is read may have.
    public var bytesPerEntry: Int
    /// The most bytes all entries that are read may have together.
    public var totalBytes: Int
    /// How many times larger than its compressed bytes an entry that is read may be, not asked below
    /// ``ratioFloor``; and all that are read together, not asked below ``totalRatioFloor``.
    public var ratio: Int

    /// Entries up to here are fine whatever they were compressed to: 16 MiB, a picture of one colour.
    public static let ratioFloor = 16 << 20
    /// What is read together is fine up to here, whatever it was compressed to: 64 MiB.
    public static let totalRatioFloor = 64 << 20

    /// Makes a budget.
    ///
    /// - Parameters:
    ///   - entries: The most entries, folders counted too.
    ///   - bytesPerEntry: The most bytes one entry that is read may have.
    ///   - totalBytes: The most bytes all entries that are read may have together.
    ///   - ratio: How many times larger than its compressed bytes an entry may be, and all that are read together.
    public init(entries: Int, bytesPerEntry: Int, totalBytes: Int, ratio: Int) {
        self.entries = entries
        self.bytesPerEntry = bytesPerEntry
        self.totalBytes = totalBytes
        self.ratio = ratio
    }

    /// What the export of a library may hold: 500,000 entries of 64 MiB, 1 TiB in all, compressed 200 times at most.
    public static let standard = ExtractionBudget(
        entries: 500_000,
        bytesPerEntry: 64 << 20,
        totalBytes: 1 << 40,
        ratio: 200
    )

    /// Finds that an entry may be read.
    ///
    /// - Parameters:
    ///   - entry: The entry.
    ///   - isText: Whether a table is to be read: a million empty rows compress a thousand times.
    /// - Throws: `limitExceeded`.
    func admit(_ entry: ZipEntry, isText: Bool) throws(ArchiveError) {
        let most = max(0, bytesPerEntry)
        // What does not compress grows a little; encryption adds at most 28 bytes.
        let (slack, overflows) = most.addingReportingOverflow(most / 512 + 4096)
        guard entry.size <= most, overflows || entry.compressedSize <= slack else {
            throw ArchiveError(
                .limitExceeded,
                "it has \(max(entry.size, entry.compressedSize)) bytes, at most \(most) are read"
            )
        }
        guard isText || !isBomb(entry.size, compressed: entry.compressedSize, floor: Self.ratioFloor) else {
            throw ArchiveError(
                .limitExceeded,
                "its \(entry.size) bytes were compressed to \(entry.compressedSize), as in a zip bomb"
            )
        }
    }

    /// Whether a size is out of proportion to the bytes it was compressed to.
    func isBomb(_ size: Int, compressed: Int, floor: Int) -> Bool {
        let (allowed, overflows) = compressed.multipliedReportingOverflow(by: max(0, ratio))
        return size > floor && !overflows && size > allowed
    }
}
