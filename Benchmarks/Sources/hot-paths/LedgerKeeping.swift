// SPDX-License-Identifier: Apache-2.0
import BenchmarkParts
import FaceLedger

/// Keeps the ledger of an import, a group of rows at a time.
final class LedgerKeeping: HotPath {
    private let folder: ScratchFolder
    private var importing: ImportInLedger
    private var admitted = 0

    init() async throws {
        folder = try ScratchFolder()
        importing = try await ImportInLedger(try SQLiteLedger.open(directory: folder.path))
    }

    func walk() async throws {
        let group = (admitted..<admitted + ImportInLedger.groupLength).map(MadeUpPortrait.init)
        admitted += group.count
        try await importing.admit(group)
    }
}
