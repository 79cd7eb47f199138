// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import Synchronization
import Testing

@testable import FaceSources
@testable import FaceTransfer

/// Cameras go on recording and a device forgets its oldest records while they are listed.
@Suite(.timeLimit(.minutes(10))) struct RecordListingTests {
    /// The records that are listed.
    private final class Listed: RecordSpill {
        private let taken = Mutex<[String]>([])
        var ids: [String] { taken.withLock { $0 } }
        func begin() async throws { taken.withLock { $0 = [] } }
        func take(_ entries: [RecordEntry]) async throws {
            taken.withLock { $0 += entries.map(\.record.id) }
        }
    }

    private func list(_ bench: RecordBench) async throws -> (ids: [String], doubt: String?, notices: [String]) {
        let listed = Listed()
        let notices = NoticeLog()
        let request = RecordRequest(device: bench.device, selection: RecordSelection(bench.kind))
        let head = try await RecordListing(source: request.open(), notices: notices).read(into: listed)
        return (listed.ids, head.doubt, notices.all.map(\.text))
    }

    /// As many come as go, so that the total is the same on each page.
    @Test(arguments: [2, 3, 4], [1...1, 1...7, 20...24, 48...50, 99...99, 60...99])
    func nobodyIsMissedWhoWasThereAllTheWhile(call: Int, gone: ClosedRange<Int>) async throws {
        for isNewestFirst in [false, true] {
            let bench = try RecordBench()
            try await bench.place(180)
            let change = RecordChange(
                beforeCall: call,
                gone: Set(gone.map { "R-\($0)" }),
                new: gone.map { bench.record("new-\($0)") },
                isNewestFirst: isNewestFirst
            )
            await bench.device.set { $0.recordChange = change }
            let (ids, doubt, _) = try await list(bench)
            #expect(doubt == nil)
            let missed = (1...180).map { "R-\($0)" }.filter { !ids.contains($0) && !change.gone.contains($0) }
            #expect(missed == [], "newest first: \(isNewestFirst)")
            #expect(Set(ids).count == ids.count)
        }
    }

    @Test(arguments: [false, true]) func newRecordsAreNoReasonToDoubt(isNewestFirst: Bool) async throws {
        let bench = try RecordBench()
        try await bench.place(180)
        let new = (1...9).map { bench.record("new-\($0)") }
        let change = RecordChange(beforeCall: 3, gone: [], new: new, isNewestFirst: isNewestFirst)
        await bench.device.set { $0.recordChange = change }
        let (ids, doubt, notices) = try await list(bench)
        #expect(doubt == nil)
        #expect(Set((1...180).map { "R-\($0)" }).isSubset(of: ids))
        #expect(notices == ["records came or went while they were listed: all are in it that were there all the while"])
    }

    @Test(arguments: [(1, 1), (50, 2), (99, 3), (100, 3), (620, 13)])
    func recordsThatNobodyChangesCostAPageForFortyNine(count: Int, calls: Int) async throws {
        let bench = try RecordBench()
        for number in 1...count { await bench.device.place(.captures, bench.record("R-\(number)"), image: nil) }
        let (ids, doubt, notices) = try await list(bench)
        #expect(ids == (1...count).map { "R-\($0)" })
        #expect(doubt == nil && notices == [])
        #expect(await bench.device.counts[.records] == calls)
    }
}
