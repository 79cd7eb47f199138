// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLibraries
import FaceModel

/// Photos that something between here and the device does not let through for their size (HTTP 413).
extension Uploader {
    /// Makes photos smaller.
    package var fitting: PhotoFitting {
        PhotoFitting(bounds: bounds, workshop: comparison.workshop, digests: comparison.digests, clock: clock)
    }

    /// The rows as they can be sent: a photo of a size that was refused before is made smaller first.
    ///
    /// - Parameter rows: The rows.
    /// - Returns: The rows to send, and those whose photos cannot be made small enough, settled.
    func fitted(_ rows: [PreparedRow]) -> (rows: [PreparedRow], refused: Delivery) {
        var fitted: [PreparedRow] = []
        var refused = Delivery()
        for row in rows {
            guard let target = bounds.target(forPhoto: row.image.bytes.count), row.sendsImage else {
                fitted.append(row)
                continue
            }
            if let smaller = fitting.shrunk(row, to: target) {
                fitted.append(smaller)
            } else {
                refused = refused + .settled([row], .rejected, fitting.tooLarge(row))
            }
        }
        return (fitted, refused)
    }

    /// Sends a row whose photo was refused alone for its size, made smaller until it goes through.
    func send(smaller row: PreparedRow) async throws -> Delivery {
        bounds.refused(photo: row.image.bytes.count)
        return try await send(single: row)
    }

    /// Sends a row again at whose photo the connection broke: as it is, and where that breaks every time, made smaller.
    ///
    /// Nothing is taken for a limit before a smaller photo went through.
    func sendAgain(
        cutOff row: PreparedRow,
        after error: DeviceError,
        attempt: Int,
        suspect: Int?
    ) async throws -> Delivery {
        if suspect == nil, attempt < PhotoFitting.attempts {
            try await clock.sleep(for: .milliseconds(500 * attempt))
            return try await send(single: row, attempt: attempt + 1)
        }
        let bytes = row.image.bytes.count
        guard row.sendsImage, let smaller = fitting.shrunk(row, to: bytes * 3 / 4) else {
            return .settled([row], .failed, DeviceRefusal.unreachable(error))
        }
        return try await send(single: smaller, attempt: attempt, suspect: bytes)
    }
}
