// SPDX-License-Identifier: Apache-2.0
import FaceDevice
package import FaceModel

/// Finds portraits on the device after they were sent, in few calls.
///
/// New portraits stand at one end of a listing sorted by creation time; which end, the interface does
/// not say (L8). So pages are read from the end while they hold what is looked for, then from the
/// start, and what is still missing is asked for one by one (1032) or by reading the whole library,
/// whichever takes fewer calls.
package actor Readback {
    /// The most records a page may have (L10).
    static let pageLength = 50

    private let destination: Destination
    private let clock: any Clock<Duration>
    private var lastTotal: Int

    package init(_ destination: Destination, clock: any Clock<Duration>) {
        self.destination = destination
        self.clock = clock
        lastTotal = destination.library.portraitCount
    }

    /// Looks for portraits, again and again for a while: a device may take in a batch after it answered (B7).
    ///
    /// - Parameters:
    ///   - ids: What to look for.
    ///   - patience: How long to go on looking for what is missing.
    ///   - enough: How many must be there to stop looking; all, if `nil`.
    /// - Returns: What is there; an id that is missing here is not on the device.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    package func find(
        _ ids: [PortraitID],
        patience: Duration = .zero,
        enough: Int? = nil
    ) async throws -> [PortraitID: ListedPortrait] {
        let wanted = min(enough ?? .max, Set(ids).count)
        var found: [PortraitID: ListedPortrait] = [:]
        var waited = Duration.zero
        var pause = Duration.milliseconds(250)
        while true {
            try await look(for: ids, into: &found)
            if found.count >= wanted || waited >= patience { return found }
            try await clock.sleep(for: pause)
            waited += pause
            pause = min(pause * 2, .seconds(2))
        }
    }

    private func look(for ids: [PortraitID], into found: inout [PortraitID: ListedPortrait]) async throws {
        var missing = Set(ids.filter { found[$0] == nil })
        guard !missing.isEmpty else { return }
        // A page shows neither more nor less than a single question would: one id is asked for.
        if missing.count > 1 {
            try await readFromTheEnd(&missing, into: &found)
            // A library of one page has been seen whole.
            if missing.isEmpty || lastTotal <= Self.pageLength { return }
            try await readFromTheStart(&missing, into: &found, toTheEnd: false)
            if missing.count > (lastTotal + Self.pageLength - 1) / Self.pageLength {
                return try await readFromTheStart(&missing, into: &found, toTheEnd: true)
            }
        }
        for id in missing.sorted() {
            if let portrait = try await destination.device.portrait(id, in: destination.id) {
                found[id] = portrait.listed
            }
        }
    }

    private func readFromTheEnd(
        _ missing: inout Set<PortraitID>,
        into found: inout [PortraitID: ListedPortrait]
    ) async throws {
        var start = max(1, lastTotal - Self.pageLength + 1)
        var firstPage = true
        while !missing.isEmpty {
            let page = try await read(from: start)
            let hits = take(page, &missing, into: &found)
            let end = start + page.portraits.count - 1
            if firstPage && (page.total > end || page.total < start && start > 1) {
                // The library grew or shrank since: start again at its real end.
                start = max(1, page.total - Self.pageLength + 1)
                firstPage = false
                continue
            }
            firstPage = false
            if start == 1 || hits == 0 { return }
            start = max(1, start - Self.pageLength)
        }
    }

    private func readFromTheStart(
        _ missing: inout Set<PortraitID>,
        into found: inout [PortraitID: ListedPortrait],
        toTheEnd: Bool
    ) async throws {
        var start = 1
        while !missing.isEmpty && start <= lastTotal {
            let page = try await read(from: start)
            if take(page, &missing, into: &found) == 0 && !toTheEnd { return }
            start += Self.pageLength
        }
    }

    private func read(from start: Int) async throws -> PortraitPage {
        let page = try await destination.device.portraits(in: destination.id, from: start, count: Self.pageLength)
        lastTotal = page.total
        return page
    }

    private func take(
        _ page: PortraitPage,
        _ missing: inout Set<PortraitID>,
        into found: inout [PortraitID: ListedPortrait]
    ) -> Int {
        var hits = 0
        for portrait in page.portraits where missing.remove(portrait.id) != nil {
            found[portrait.id] = portrait
            hits += 1
        }
        return hits
    }
}
