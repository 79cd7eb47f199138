// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// Under which heading a row is told about; a row that went through unremarked has none.
enum Heading: Hashable, CaseIterable {
    case rejected, failed, duplicate, warning

    init?(_ row: RowResult) {
        switch row.outcome {
        case .rejected: self = .rejected
        case .failed: self = .failed
        case .duplicate: self = .duplicate
        case .stored, .updated, .unchanged, .removed, .ready:
            guard row.reason != nil else { return nil }
            self = .warning
        }
    }

    /// Whether the row is one to hand back, in `rejected.csv`.
    var isHandedBack: Bool { self != .warning }
}

/// The rows worth telling about, by heading and reason: all of them counted, the first of them kept.
///
/// Memory is bounded by `inAll` rows and `ofEach` rows for each of the reasons, whatever the job's size.
struct RowGroups {
    /// The rows of one heading that share a reason.
    struct Group {
        let heading: Heading
        let reason: Reason?
        /// How many there are.
        var count = 0
        /// The first of them.
        var rows: [RowResult] = []
        /// How many of them have which reason besides.
        var further: [Reason: Int] = [:]
        /// How many there are besides those kept.
        var others: Int { count - rows.count }
        /// The further reasons with their counts, the most frequent first.
        var furtherCounts: [(reason: Reason, count: Int)] {
            further.map { (reason: $0.key, count: $0.value) }
                .sorted { ($1.count, $0.reason.rawValue) < ($0.count, $1.reason.rawValue) }
        }

        /// Whether there can be pictures of them: the reason does not say that there is none.
        var hasPictures: Bool {
            ![.sourceMissingPhoto, .sourceUnreadable, .portraitMissing, .imageMissing].contains(reason)
        }
    }

    private struct Key: Hashable {
        let heading: Heading
        let reason: Reason?
    }

    private let ofEach: Int
    private let inAll: Int
    private var kept = 0
    private var groups: [Key: Group] = [:]

    /// Sets the bounds.
    ///
    /// - Parameters:
    ///   - ofEach: How many rows of each group are kept in any case, so that a reason that comes late is not lost.
    ///   - inAll: Until how many rows are kept in all, further ones of a group are kept too.
    init(ofEach: Int, inAll: Int) {
        self.ofEach = ofEach
        self.inAll = inAll
    }

    /// Counts a row, and keeps it within the bounds.
    mutating func add(_ row: RowResult) {
        guard let heading = Heading(row) else { return }
        let key = Key(heading: heading, reason: row.reason)
        var group = groups.removeValue(forKey: key) ?? Group(heading: heading, reason: row.reason)
        group.count += 1
        for reason in Set(row.further.map(\.reason)) { group.further[reason, default: 0] += 1 }
        if kept < inAll || group.rows.count < ofEach {
            group.rows.append(row)
            kept += 1
        }
        groups[key] = group
    }

    /// The groups of one heading, the largest first.
    func of(_ heading: Heading) -> [Group] {
        groups.values.filter { $0.heading == heading }.sorted { left, right in
            (right.count, left.reason?.rawValue ?? "") < (left.count, right.reason?.rawValue ?? "")
        }
    }
}
