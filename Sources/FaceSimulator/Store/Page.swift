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
    /// - Throws: ``DeviceFault`` with -3596 for values out of range.
    init(_ fields: Fields, _ quirks: Quirks) throws(DeviceFault) {
        let first = quirks[.zeroBased] ? 0 : 1
        var start = try fields.integer("start_no") ?? first
        length = try fields.integer("qry_len") ?? 10
        if quirks[.clamp] {
            start = max(start, first)
            length = min(max(length, 1), 50)
        }
        guard start >= first, (1...50).contains(length) else { throw DeviceFault(.parameter) }
        offset = quirks[.pageNumber] ? (start - first) * length : start - first
    }

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
