// SPDX-License-Identifier: Apache-2.0
internal import FaceTransfer

/// A plan that was written before, to be carried out.
struct PlanReader: Sendable {
    /// What was asked for.
    let head: PlanFile.Head
    /// The targets of the plan.
    let targets: [PlannedTarget]
    private let path: String

    /// How many changes are handed over at once.
    private static let groupLength = 500

    /// Reads a plan through once, and refuses one that is not whole.
    ///
    /// - Parameter path: The file, by its full path.
    /// - Throws: ``CommandError`` that says what is wrong with it.
    init(_ path: String) throws(CommandError) {
        self.path = path
        var head: PlanFile.Head?
        var targets: [PlannedTarget] = []
        var changes = 0
        var isWhole = false
        try Self.lines(of: path) { (line) throws(CommandError) in
            guard !isWhole else { throw Self.broken(path) }
            switch line {
            case .head(let read) where head == nil: head = read
            case .target(let target) where head != nil: targets.append(target)
            case .change where !targets.isEmpty: changes += 1
            case .end(targets.count, changes): isWhole = true
            default: throw Self.broken(path)
            }
        }
        guard let head, isWhole else { throw Self.broken(path) }
        self.head = head
        self.targets = targets
    }

    /// The changes of one target.
    ///
    /// - Parameter target: One of ``targets``.
    /// - Returns: What reads them anew.
    func changes(of target: PlannedTarget) -> PlannedChanges {
        PlannedChanges(target: target) { [path] in
            let reader = try LineReader(path)
            var isHere = false
            return {
                var group: [PlannedChange] = []
                while group.count < Self.groupLength, let text = try reader.next() {
                    switch PlanFile.reading(text) {
                    case .target(let other): isHere = other == target
                    case .change(let change) where isHere: group.append(change)
                    default: break
                    }
                }
                return group.isEmpty ? nil : group
            }
        }
    }

    private static func lines(
        of path: String,
        _ take: (PlanFile.Line) throws(CommandError) -> Void
    ) throws(CommandError) {
        let reader = try LineReader(path)
        while let text = try reader.next() {
            guard let line = PlanFile.reading(text) else { throw broken(path) }
            try take(line)
        }
    }

    private static func broken(_ path: String) -> CommandError {
        .usage("\(path) is no whole plan of this facelib; make it anew with facelib mirror … --plan FILE.")
    }
}
