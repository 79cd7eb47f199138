// SPDX-License-Identifier: Apache-2.0
import BenchmarkParts
import FaceLedger
import Foundation

/// Measures what the ledger takes of an import.
///
/// `ledger-benchmark ROWS [--state DIR]`: plays the ledger's part of an import of so many photos that fit, with a ledger
/// in a folder on the disk, a temporary one by default. The ledger must be new. Prints one JSON object: the rows, the
/// seconds of all calls from opening the ledger to the end of the report, and how many rows that are in a second.
@main
enum LedgerBenchmark {
    static func main() async throws {
        guard let (rows, state) = arguments() else {
            FileHandle.standardError.write(Data("usage: ledger-benchmark ROWS [--state DIR]\n".utf8))
            exit(64)
        }
        let scratch = try ScratchFolder()
        let seconds = try await importRows(rows, state ?? scratch.path) / .seconds(1)
        print(#"{"rows": \#(rows), "seconds": \#(seconds), "rows_per_second": \#(Double(rows) / seconds)}"#)
    }

    /// Plays an import; returns how long the ledger took, without the making up of the portraits.
    private static func importRows(_ rows: Int, _ state: String) async throws -> Duration {
        let clock = ContinuousClock()
        var start = clock.now
        var importing = try await ImportInLedger(try SQLiteLedger.open(directory: state))
        var spent = clock.now - start
        for first in stride(from: 0, to: rows, by: ImportInLedger.groupLength) {
            let group = (first..<min(rows, first + ImportInLedger.groupLength)).map(MadeUpPortrait.init)
            start = clock.now
            try await importing.admit(group)
            spent += clock.now - start
        }
        start = clock.now
        try await importing.finish()
        return spent + (clock.now - start)
    }

    private static func arguments() -> (rows: Int, state: String?)? {
        let words = Array(CommandLine.arguments.dropFirst())
        guard let rows = words.first.flatMap({ Int($0) }), rows > 0 else { return nil }
        switch words.count {
        case 1: return (rows, nil)
        case 3 where words[1] == "--state": return (rows, words[2])
        default: return nil
        }
    }
}
