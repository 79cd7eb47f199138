// SPDX-License-Identifier: Apache-2.0

/// Transforms up to `width` elements at once and hands the results on in the order of the input.
///
/// The window is the only buffer: elements that are being transformed, and results that wait for an
/// earlier one, together are never more than `width`; when `output` is not read, `input` is no longer
/// pulled.
///
/// - Parameters:
///   - width: How many elements may be under way, at least 1.
///   - input: Where elements come from.
///   - output: Where results go; finished when the stage ends, however it ends.
///   - transform: The work on one element. An element that fails is a value; what is thrown ends the run.
/// - Throws: What `input` or `transform` threw, or `CancellationError`.
public func runStage<Input: AsyncSequence & Sendable, Output: Sendable>(
    width: Int,
    from input: Input,
    to output: Channel<Output>,
    transform: @escaping @Sendable (Input.Element) async throws -> Output
) async throws where Input.Element: Sendable {
    defer { output.finish() }
    try await withThrowingTaskGroup(of: (ticket: Int, result: Output).self) { window in
        var elements = input.makeAsyncIterator()
        var taken = 0
        var handedOn = 0
        var waiting: [Int: Output] = [:]
        var inputEnded = false
        while true {
            while !inputEnded && taken - handedOn < width {
                guard let element = try await elements.next() else {
                    inputEnded = true
                    break
                }
                let ticket = taken
                taken += 1
                window.addTask { (ticket, try await transform(element)) }
            }
            guard let finished = try await window.next() else { return }
            waiting[finished.ticket] = finished.result
            while let result = waiting.removeValue(forKey: handedOn) {
                try await output.send(result)
                handedOn += 1
            }
        }
    }
}
