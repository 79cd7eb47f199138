// SPDX-License-Identifier: Apache-2.0

/// The bounds of the groups in which a stage writes.
public struct GroupBounds: Sendable {
    /// How many elements a group may hold.
    public var count: Int
    /// What its elements may weigh together.
    public var weight: Int

    /// Sets the bounds.
    ///
    /// - Parameters:
    ///   - count: How many elements a group may hold, at least 1.
    ///   - weight: What its elements may weigh together; a heavier element is a group of its own.
    public init(count: Int, weight: Int) {
        self.count = count
        self.weight = weight
    }
}

/// Writes elements in groups, in the order in which they come: while one group is written the next is gathered.
///
/// Writing has a thread of its own (``BlockingExecutor``). At most three groups are in memory: one being written, one
/// that is complete, and one that is being gathered.
///
/// - Parameters:
///   - bounds: The bounds of a group.
///   - input: Where elements come from.
///   - weight: What an element weighs; called once for each, when it comes.
///   - write: Writes a group. What it throws ends the run.
/// - Throws: What `write` threw, or `CancellationError`.
public func writeInGroups<Element: Sendable>(
    _ bounds: GroupBounds,
    from input: Channel<Element>,
    weight: @escaping @Sendable (Element) -> Int,
    write: @escaping @Sendable ([Element]) async throws -> Void
) async throws {
    let groups = Channel<[Element]>()
    try await withThrowingTaskGroup { stages in
        stages.addTask {
            defer { groups.finish() }
            var batcher = Batcher<Element>(maximumCount: bounds.count, maximumWeight: bounds.weight)
            for await element in input {
                for group in batcher.add(element, weight: weight(element)) { try await groups.send(group) }
            }
            let rest = batcher.takeRest()
            if !rest.isEmpty { try await groups.send(rest) }
        }
        stages.addTask(executorPreference: BlockingExecutor()) {
            for await group in groups { try await write(group) }
        }
        // The first error ends both.
        while try await stages.next() != nil {}
    }
}
