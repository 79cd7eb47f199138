// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Measures what is read of an archive, each entry once, against its budget.
final class ReadMeter: Sendable {
    private struct Account {
        var counted: Set<Int> = []
        var size = 0
        var compressed = 0
    }

    private let budget: ExtractionBudget
    private let account = Mutex(Account())

    init(_ budget: ExtractionBudget) { self.budget = budget }

    /// Finds that an entry may be read besides those that were.
    ///
    /// - Parameters:
    ///   - entry: The entry.
    ///   - isText: Whether a table is to be read.
    /// - Throws: `limitExceeded`.
    func admit(_ entry: ZipEntry, isText: Bool) throws(ArchiveError) {
        try budget.admit(entry, isText: isText)
        try account.withLock { account throws(ArchiveError) in
            guard !account.counted.contains(entry.index) else { return }
            let (size, overflows) = account.size.addingReportingOverflow(entry.size)
            let (compressed, overflowsToo) = account.compressed.addingReportingOverflow(entry.compressedSize)
            guard !overflows, !overflowsToo, size <= max(0, budget.totalBytes) else {
                throw ArchiveError(.limitExceeded, "with it more than \(budget.totalBytes) bytes would be read")
            }
            guard !budget.isBomb(size, compressed: compressed, floor: ExtractionBudget.totalRatioFloor) else {
                throw ArchiveError(
                    .limitExceeded,
                    "with it what is read would have been compressed as much as in a zip bomb"
                )
            }
            account.counted.insert(entry.index)
            (account.size, account.compressed) = (size, compressed)
        }
    }
}
