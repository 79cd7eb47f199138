// SPDX-License-Identifier: Apache-2.0
import FaceDevice

/// Sends a message that may be carried out twice without harm, three times in all while it may pass.
///
/// - Parameters:
///   - clock: What the waits are measured with.
///   - message: Sends the message.
/// - Throws: What the last try threw, and `CancellationError`.
func repeating(pacedBy clock: any Clock<Duration>, _ message: () async throws -> Void) async throws {
    for attempt in 1..<Uploader.attempts {
        do {
            return try await message()
        } catch let error as DeviceError where error.mayPass {
            try await clock.sleep(for: .milliseconds(500 * attempt))
        }
    }
    try await message()
}
