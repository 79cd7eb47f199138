// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Synchronization

/// Collects what a reading has to tell people.
package final class NoticeLog: Sendable {
    private let notices = Mutex<[SourceNotice]>([])
    private let gaps = Mutex<[String]>([])
    private let tell: (@Sendable (String) -> Void)?

    /// Collects notices, and passes each on at once where somebody listens.
    package init(telling tell: (@Sendable (String) -> Void)? = nil) { self.tell = tell }

    /// What was told so far.
    package var all: [SourceNotice] { notices.withLock { $0 } }

    /// Why the reading may not have found all photos there are, `nil` where it has.
    var gap: String? { gaps.withLock { $0.first } }

    /// Forgets the previous reading.
    func begin() {
        notices.withLock { $0 = [] }
        gaps.withLock { $0 = [] }
    }

    /// Adds a sentence.
    package func add(_ text: String) {
        notices.withLock { $0.append(SourceNotice(text)) }
        tell?(text)
    }
}

extension NoticeLog {
    /// Tells what a reading passed over, and what that leaves open.
    func add(_ passedOver: PassedOver) {
        passedOver.sentences.forEach(add)
        if let gap = passedOver.gap { leaveOpen(gap) }
    }

    /// Notes why a reading may not have found all portraits there are.
    func leaveOpen(_ gap: String) { gaps.withLock { $0.append(gap) } }

    /// Tells how many photos no row of a table names.
    func add(strays: Int) {
        switch strays {
        case 0: return
        case 1: add("1 photo has no row: move it away or add a row")
        default: add("\(strays) photos have no row: move them away or add rows")
        }
    }
}

/// Names of things of one kind: how many there are, and the first few.
package struct NameSample {
    private static let shown = 5
    private static let longest = 120

    package private(set) var count = 0
    private var first: [String] = []

    package init() {}

    package mutating func add(_ name: String) {
        count += 1
        if first.count < Self.shown { first.append(name.onOneLine(atMost: Self.longest)) }
    }

    /// The first names, and how many more there are.
    package var list: String {
        let names = first.joined(separator: ", ")
        return count > first.count ? "\(names) and \(count - first.count) more" : names
    }

    /// `1 file` or `3 files`.
    package func counted(_ one: String, _ many: String) -> String { "\(count) \(count == 1 ? one : many)" }
}
