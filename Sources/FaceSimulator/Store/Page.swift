// SPDX-License-Identifier: Apache-2.0

/// The part of a list that a query asks for.
struct Page: Sendable, Equatable {
    var offset: Int
    var length: Int

    /// Reads `start_no` and `qry_len` (L10, L11).
    ///
    /// - Parameters:
    ///   - fields: The request's fields.
    ///   - quirks: Which reading the device follows.
    ///   - maximum: The longest page.
    /// - Throws: ``DeviceFault`` with -3596 for values out of range.
    init(_ fields: Fields, _ quirks: Quirks, maximum: Int = 50) throws(DeviceFault) {
        let first = quirks[.zeroBased] ? 0 : 1
        var start = try fields.integer("start_no") ?? first
        length = try fields.integer("qry_len") ?? 10
        if quirks[.clamp] {
            start = max(start, first)
            length = min(max(length, 1), maximum)
        }
        guard start >= first, (1...maximum).contains(length) else { throw DeviceFault(.parameter) }
        offset = quirks[.pageNumber] ? (start - first) * length : start - first
    }

    /// The longest page of an export; that of a profile is as short as a query's (E7, K5).
    static let exportMaximum = 500

    /// The first half of the page (`export_short_page`).
    var shortened: Self { Self(offset: offset, length: (length + 1) / 2) }

    init(offset: Int, length: Int) {
        self.offset = offset
        self.length = length
    }
}

/// A page of records and the number of all that match.
struct Listed<Record: Sendable>: Sendable {
    var records: [Record]
    var total: Int
}
