// SPDX-License-Identifier: Apache-2.0
internal import FaceLedger
internal import FaceModel

/// The rows of a job in the order of the source, read from the ledger page by page.
struct LedgerRows: AsyncSequence, Sendable {
    let ledger: any Ledger
    let job: String

    func makeAsyncIterator() -> Iterator { Iterator(ledger: ledger, job: job) }

    struct Iterator: AsyncIteratorProtocol {
        let ledger: any Ledger
        let job: String
        private var page: ArraySlice<RowResult> = []
        private var cursor: ResultCursor?
        private var isAtEnd = false

        init(ledger: any Ledger, job: String) {
            self.ledger = ledger
            self.job = job
        }

        mutating func next() async throws -> RowResult? {
            while page.isEmpty && !isAtEnd {
                let read = try await ledger.results(of: job, after: cursor, limit: 500)
                page = read.rows[...]
                cursor = read.next
                isAtEnd = read.next == nil
            }
            return page.popFirst()
        }
    }
}
