// SPDX-License-Identifier: Apache-2.0

/// Gathers elements into batches that are bounded in count and in weight.
///
/// A plain value without tasks: an element that is heavier than the bound alone makes a batch of its own.
public struct Batcher<Element> {
    private let maximumCount: Int
    private let maximumWeight: Int
    private var gathered: [Element] = []
    private var weight = 0

    /// Sets the bounds.
    ///
    /// - Parameters:
    ///   - maximumCount: How many elements a batch may hold, at least 1.
    ///   - maximumWeight: What the elements of a batch may weigh together.
    public init(maximumCount: Int, maximumWeight: Int) {
        self.maximumCount = max(1, maximumCount)
        self.maximumWeight = maximumWeight
    }

    /// Adds an element and returns the batches that are complete now: none, one, or two.
    ///
    /// - Parameters:
    ///   - element: What to add.
    ///   - weight: What it weighs.
    /// - Returns: Complete batches, in order.
    public mutating func add(_ element: Element, weight: Int) -> [[Element]] {
        var complete: [[Element]] = []
        if !gathered.isEmpty && self.weight + weight > maximumWeight { complete.append(takeRest()) }
        gathered.append(element)
        self.weight += weight
        if gathered.count >= maximumCount || self.weight >= maximumWeight { complete.append(takeRest()) }
        return complete
    }

    /// Takes what has been gathered so far, possibly nothing.
    ///
    /// - Returns: The last, incomplete batch.
    public mutating func takeRest() -> [Element] {
        defer {
            gathered = []
            weight = 0
        }
        return gathered
    }
}
