// SPDX-License-Identifier: Apache-2.0

/// How much an archive may hold: checked in its directory first, and again while inflating.
public struct ExtractionBudget: Sendable, Hashable {
    /// The most entries, folders counted too.
    public var entries: Int
    /// The most bytes one entry may have.
    public var bytesPerEntry: Int
    /// The most bytes all entries may have together.
    public var totalBytes: Int
    /// How many times larger than its compressed bytes an entry may be, and all entries together; not asked below
    /// ``ratioFloor``.
    public var ratio: Int

    /// Sizes up to here are fine whatever they were compressed to: 1 MiB.
    public static let ratioFloor = 1 << 20

    /// Makes a budget.
    ///
    /// - Parameters:
    ///   - entries: The most entries, folders counted too.
    ///   - bytesPerEntry: The most bytes one entry may have.
    ///   - totalBytes: The most bytes all entries may have together.
    ///   - ratio: How many times larger than its compressed bytes an entry may be, and all entries together.
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

    /// Whether a size is out of proportion to the bytes it was compressed to.
    func isBomb(size: UInt64, compressed: UInt64) -> Bool {
        let (allowed, overflows) = compressed.multipliedReportingOverflow(by: UInt64(max(0, ratio)))
        return size > UInt64(Self.ratioFloor) && !overflows && size > allowed
    }
}
