// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// Counts what the simulator was asked, for tests to look at and for faults that come every so often.
final class Counters: Sendable {
    /// The counts that `/simulator/state` shows.
    struct Shown: Sendable {
        var calls: [Int: Int] = [:]
        var downloads = 0
        var archives = 0
        var logins = 0
    }

    private struct State: Sendable {
        var shown = Shown()
        var requests = 0
        var replies = 0
        var writes = 0
        var stores = 0
        var drifts = 0
        var pages = 0
        var cuts = 0
    }

    private let state = Mutex(State())

    var shown: Shown { state.withLock { $0.shown } }

    /// Sets the shown counts to zero; those that time the faults go on.
    func reset() { state.withLock { $0.shown = Shown() } }

    func countCall(_ id: Int) { state.withLock { $0.shown.calls[id, default: 0] += 1 } }

    func countLogin() { state.withLock { $0.shown.logins += 1 } }

    func countArchive() { state.withLock { $0.shown.archives += 1 } }

    /// Counts a download; `true` for every `n`th.
    func countDownload(isCutEvery n: Int?) -> Bool {
        state.withLock { state in
            state.shown.downloads += 1
            state.cuts += 1
            return n.map { state.cuts.isMultiple(of: $0) } ?? false
        }
    }

    /// Counts a request to the API; `true` for every `n`th.
    func countRequest(failsEvery n: Int?) -> Bool {
        state.withLock { state in
            state.requests += 1
            return n.map { state.requests.isMultiple(of: $0) } ?? false
        }
    }

    /// Counts a reply and tells which one it is.
    func countReply() -> Int {
        state.withLock { state in
            state.replies += 1
            return state.replies
        }
    }

    /// Counts a writing call that was committed; `true` for the `n`th.
    func countWrite(isLastAt n: Int?) -> Bool {
        state.withLock { state in
            state.writes += 1
            return state.writes == n
        }
    }

    /// Counts a store call that was committed; `true` for every `n`th.
    func countStore(isLostEvery n: Int?) -> Bool {
        state.withLock { state in
            state.stores += 1
            return n.map { state.stores.isMultiple(of: $0) } ?? false
        }
    }

    /// Counts a page of 1035 that was listed; `true` for the `n`th.
    func countPage(isLastAt n: Int?) -> Bool {
        state.withLock { state in
            state.pages += 1
            return state.pages == n
        }
    }

    /// Counts a change between pages; `true` for the first `n`.
    func countDrift(upTo n: Int) -> Bool {
        state.withLock { state in
            state.drifts += 1
            return state.drifts <= n
        }
    }
}
