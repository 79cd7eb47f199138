// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel
import FaceSources

/// Takes the records of a listing as they come.
protocol RecordSpill: Sendable {
    /// Forgets what an attempt brought that was given up.
    func begin() async throws
    /// Takes some records, in the order of the listing.
    func take(_ entries: [RecordEntry]) async throws
}

/// Lists records to the last and says whether the listing can be trusted.
struct RecordListing: Sendable {
    let source: ExportedRecords
    let notices: NoticeLog

    /// What is known of a listing that was read to its end.
    struct Head: Codable, Sendable, Equatable {
        /// How many records it has.
        var count: Int
        /// Why there may be others; `nil` when it was complete and stable.
        var doubt: String?
        /// The stranger of a profile.
        var person: String?
    }

    /// How often a listing that changed under way is begun again.
    private static let attempts = 3

    /// Reads all pages; a listing that was unstable is read again, three times in all, the last time to its end.
    ///
    /// - Parameter spill: Takes the records.
    /// - Returns: How many there are, with a doubt when every attempt was unstable.
    /// - Throws: `DeviceError` when the device fails, what `spill` throws, and `CancellationError`.
    func read(into spill: any RecordSpill) async throws -> Head {
        let filter = try await named()
        for attempt in 1...Self.attempts {
            try await spill.begin()
            let isLast = attempt == Self.attempts
            let (count, doubt) = try await fill(spill, filter, givesUp: !isLast)
            if doubt == nil || isLast { return Head(count: count, doubt: doubt, person: filter.person) }
        }
        preconditionFailure("the last attempt returns")
    }

    /// The filter with the stranger's own id: where the device has no profile under it, it may be that of a capture.
    private func named() async throws -> RecordFilter {
        var filter = source.filter
        guard source.kind == .profile, let typed = filter.person else { return filter }
        let whole = RecordFilter(person: typed)
        guard try await source.device.records(.profile, whole, from: 1, count: 1).records.isEmpty,
            let owner = try await owner(of: typed), owner != typed
        else { return filter }
        notices.add("\(typed) is a capture; the profile is that of \(owner), whom it shows")
        filter.person = owner
        return filter
    }

    private func owner(of capture: String) async throws -> String? {
        do {
            let owner = try await source.device.person(behind: capture)?["img_id"]
            return owner.flatMap { $0.isEmpty ? nil : $0 }
        } catch let error as DeviceError where error.code == .refused || error.code == .malformedReply {
            return nil
        }
    }

    private func fill(
        _ spill: any RecordSpill,
        _ filter: RecordFilter,
        givesUp: Bool
    ) async throws -> (count: Int, doubt: String?) {
        var numbering = RecordNumbering()
        var (taken, repeated, foreign) = (0, 0, 0)
        var pages = RecordPages(source, filter, givesUp: givesUp)
        while let records = try await pages.next() {
            var entries: [RecordEntry] = []
            for record in records {
                guard let key = numbering.key(of: record) else {
                    repeated += 1
                    continue
                }
                guard filter.covers(record) else {
                    foreign += 1
                    continue
                }
                entries.append(RecordEntry(ordinal: taken, key: key, record: record))
                taken += 1
            }
            try await spill.take(entries)
        }
        if let doubt = pages.doubt { return (taken, doubt) }
        if repeated > 0 { return (taken, "the device listed \(counted(repeated, "record")) twice") }
        if foreign > 0 {
            notices.add("\(counted(foreign, "record")) that nobody asked for came with the listing and stayed out")
        }
        if pages.isChanged {
            notices.add("records came or went while they were listed: all are in it that were there all the while")
        }
        return (taken, nil)
    }
}
