// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel

/// Turns the pages of a query for records so that each begins with the last record of the one before.
///
/// Records come at one end of a device's lists and go at the other while they are read, and a total that stays the same
/// proves nothing: one may have come and one gone. Where each page holds the last record of the one before, nobody who
/// was there all the while stands between two pages. It costs one record a page.
struct RecordPages {
    let source: ExportedRecords
    let filter: RecordFilter
    /// Whether it ends where pages do not join; else it goes on, with a doubt.
    let givesUp: Bool

    /// Why there may be other records; `nil` when all that were there all the while were listed.
    private(set) var doubt: String?
    /// Whether records came or went meanwhile.
    private(set) var isChanged = false
    /// How many records were listed, each once.
    private(set) var listed = 0

    private var last: RecordPage?
    private var end = 0
    private var isOver = false
    /// The fewest that the device counted on any page.
    private var fewest = Int.max
    /// How many may have come in front of what was read, where nobody sees them.
    private var inFront = 0

    /// How far back it goes to find the last record again.
    private static let stepBack = RecordKind.queryLimit / 2 - 1

    init(_ source: ExportedRecords, _ filter: RecordFilter, givesUp: Bool) {
        self.source = source
        self.filter = filter
        self.givesUp = givesUp
    }

    /// Reads on.
    ///
    /// - Returns: Records that no page before had, in their order; `nil` at the end.
    /// - Throws: `DeviceError` when the device fails, and `CancellationError`.
    mutating func next() async throws -> [DeviceRecord]? {
        guard !isOver else { return nil }
        guard let before = last else {
            let first = try await page(from: 1)
            return take(first, end: first.records.count, known: 0)
        }
        var start = end
        var page = try await page(from: start)
        isChanged = isChanged || page.total != before.total || page.records.first != before.records.last
        var known = joint(of: page, with: before)
        if known == nil && !page.records.isEmpty && start > 1 {
            // Records in front of it are gone, so it stands further ahead.
            start = max(1, start - Self.stepBack)
            page = try await self.page(from: start)
            known = joint(of: page, with: before)
        }
        if let known, start == end { inFront += known - 1 }
        if known == nil {
            doubt = doubt ?? Self.torn(before, page)
            if givesUp { isOver = true }
        }
        return isOver ? nil : take(page, end: start - 1 + page.records.count, known: known ?? 0)
    }

    private func page(from start: Int) async throws -> RecordPage {
        try await source.device.records(source.kind, filter, from: start, count: RecordKind.queryLimit)
    }

    private static func torn(_ before: RecordPage, _ page: RecordPage) -> String {
        let what =
            before.total == page.total
            ? "the pages of the records do not join: some were listed twice, or came and went meanwhile"
            : "the records changed while they were listed (\(before.total), then \(page.total))"
        return what + "; a time that is over does not change (--to)"
    }

    /// How many records at the head of a page stood on the one before; `nil` where they do not join.
    private func joint(of page: RecordPage, with before: RecordPage) -> Int? {
        guard let place = page.records.lastIndex(where: { $0 == before.records.last }) else { return nil }
        let known = Set(before.records)
        return page.records[..<place].allSatisfy(known.contains) ? place + 1 : nil
    }

    private mutating func take(_ page: RecordPage, end: Int, known: Int) -> [DeviceRecord] {
        let records = Array(page.records.dropFirst(known))
        listed += records.count
        fewest = min(fewest, page.total)
        let isStuck = records.isEmpty && page.records.count > 1 && end < page.total
        let isShort = page.records.count < RecordKind.queryLimit
        isOver = records.isEmpty || isShort && end >= page.total
        if isOver { conclude(page, isStuck: isStuck) }
        (last, self.end) = (page, end)
        return records
    }

    private mutating func conclude(_ page: RecordPage, isStuck: Bool) {
        if isStuck {
            doubt = "the device listed records twice and does not turn the pages"
        } else if !isChanged && listed != page.total {
            doubt = doubt ?? "the device counts \(counted(page.total, "record")) but listed \(listed)"
        } else if listed + inFront < fewest {
            doubt =
                doubt ?? "the records changed while they were listed, and the device counts \(fewest) where it listed "
                + "\(listed)"
        }
    }
}
