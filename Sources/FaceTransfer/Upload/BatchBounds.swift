// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import Synchronization

/// How large batches may be, lowered as the device refuses larger ones (interface B3).
final class BatchBounds: Sendable {
    private let state: Mutex<State>

    private struct State {
        var count: Int
        var isFull = false
    }

    init(_ settings: DeviceSettings) {
        state = Mutex(State(count: max(1, settings.batchSize)))
    }

    /// How many images a batch may hold now.
    var count: Int { state.withLock { $0.count } }

    /// Whether the device said that it has no room for more portraits (-122).
    var isFull: Bool { state.withLock { $0.isFull } }

    /// Learns that a batch of `count` images was too large.
    func refused(count: Int) { state.withLock { $0.count = max(1, min($0.count, count / 2)) } }

    /// Learns that the device is full: nothing more is sent to it.
    func markFull() { state.withLock { $0.isFull = true } }
}
