// SPDX-License-Identifier: Apache-2.0
import AsyncAlgorithms

/// The joint between two stages: a rendezvous, so that a slow reader holds up the writer.
///
/// Nothing is buffered here; the window of a stage is the only buffer (see ``runStage(width:from:to:transform:)``).
public struct Channel<Element: Sendable>: AsyncSequence, Sendable {
    private let channel = AsyncChannel<Element>()

    /// Makes a joint that nobody uses yet.
    public init() {}

    /// Hands an element over and returns when it was taken.
    ///
    /// - Parameter element: What the next stage is to work on.
    /// - Throws: `CancellationError` when the run is being cancelled and the element may not have arrived.
    public func send(_ element: Element) async throws {
        await channel.send(element)
        // AsyncChannel drops an element silently when it is cancelled.
        try Task.checkCancellation()
    }

    /// Tells the reader that nothing more comes.
    public func finish() { channel.finish() }

    /// Reads the elements, one reader at a time.
    ///
    /// - Returns: The iterator of the one stage that reads.
    public func makeAsyncIterator() -> Iterator { Iterator(base: channel.makeAsyncIterator()) }

    /// Reads a channel.
    public struct Iterator: AsyncIteratorProtocol {
        var base: AsyncChannel<Element>.Iterator

        /// The next element, `nil` when the channel is finished.
        ///
        /// - Returns: The next element.
        @concurrent public mutating func next() async -> Element? { await base.next() }
    }
}
