// SPDX-License-Identifier: Apache-2.0

/// The rows of a source, read while they are asked for: nothing is read ahead beyond one chunk of a file.
public struct RowSequence: AsyncSequence, Sendable {
    /// A row as it was found.
    public typealias Element = ScannedRow

    private let open: @Sendable () throws -> any RowCursor

    init(open: @escaping @Sendable () throws -> any RowCursor) { self.open = open }

    /// Starts a reading; the source is opened by the first `next()`.
    public func makeAsyncIterator() -> Iterator { Iterator(open: open) }

    /// One reading of a source from its first row to its last.
    public struct Iterator: AsyncIteratorProtocol {
        fileprivate let open: @Sendable () throws -> any RowCursor
        private var cursor: (any RowCursor)?

        fileprivate init(open: @escaping @Sendable () throws -> any RowCursor) { self.open = open }

        /// The next row, `nil` after the last.
        ///
        /// - Returns: A row.
        /// - Throws: ``SourceError``, or `CancellationError` when the task was cancelled.
        public mutating func next() async throws -> ScannedRow? {
            try Task.checkCancellation()
            let cursor = try self.cursor ?? open()
            self.cursor = cursor
            return try cursor.next()
        }
    }

    /// How many rows there are, found by reading them all.
    func count() throws -> Int {
        let cursor = try open()
        var count = 0
        while try cursor.next() != nil { count += 1 }
        return count
    }
}

/// A reading that is under way; used by one task at a time.
protocol RowCursor: AnyObject {
    /// The next row, `nil` after the last.
    func next() throws -> ScannedRow?
}
