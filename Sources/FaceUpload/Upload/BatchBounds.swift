// SPDX-License-Identifier: Apache-2.0
package import FaceDevice
import Synchronization

/// How large batches may be, lowered as the device refuses larger ones (interface B3).
package final class BatchBounds: Sendable {
    private let state: Mutex<State>

    private struct State {
        var count: Int
        /// How many batches of the present size went through since it was last changed.
        var streak = 0
        /// How long a streak must be before larger batches are tried; doubled by each refusal.
        var streakToGrow = 8
        var isFull = false
        /// The fewest bytes of a single photo that was refused for its size, and the most below it that went through.
        var refusedPhoto = Int.max
        var takenPhoto: Int?
    }

    private let most: Int

    package init(_ settings: DeviceSettings) {
        most = max(1, settings.batchSize)
        state = Mutex(State(count: most))
    }

    /// How many images a batch may hold now.
    var count: Int { state.withLock { $0.count } }

    /// Whether the device said that it has no room for more portraits (-122).
    var isFull: Bool { state.withLock { $0.isFull } }

    /// Learns that a batch of `count` images was too large.
    func refused(count: Int) {
        state.withLock { state in
            guard count / 2 < state.count else { return }
            state.count = max(1, count / 2)
            state.streak = 0
            state.streakToGrow *= 2
        }
    }

    /// Learns that a batch of `count` images went through: after many of them, larger ones are tried again,
    /// since it may have been the network and not the size.
    func accepted(count: Int) {
        state.withLock { state in
            guard state.count < most, count == state.count else { return }
            state.streak += 1
            guard state.streak >= state.streakToGrow else { return }
            state.count = min(most, state.count * 2)
            state.streak = 0
        }
    }

    /// Learns that a photo of so many bytes is too large even alone.
    func refused(photo bytes: Int) {
        state.withLock { state in
            state.refusedPhoto = min(state.refusedPhoto, bytes)
            if let taken = state.takenPhoto, taken >= state.refusedPhoto { state.takenPhoto = nil }
        }
    }

    /// Learns that a photo of so many bytes went through alone.
    func accepted(photo bytes: Int) {
        state.withLock { state in
            if bytes < state.refusedPhoto { state.takenPhoto = max(state.takenPhoto ?? 0, bytes) }
        }
    }

    /// How many bytes a photo is to be shrunk to before it is sent; `nil` when it may go as it is.
    package func target(forPhoto bytes: Int) -> Int? {
        state.withLock { state in
            guard bytes >= state.refusedPhoto else { return nil }
            return max(state.takenPhoto ?? 0, state.refusedPhoto * 3 / 4)
        }
    }

    /// The most bytes of a photo that are known to go through, where larger ones do not.
    var takenPhoto: Int? { state.withLock { $0.takenPhoto } }

    /// Learns that the device is full: nothing more is sent to it.
    func markFull() { state.withLock { $0.isFull = true } }
}
