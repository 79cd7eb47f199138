// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceImaging
import FaceLibraries
import FaceModel

/// Photos that something between here and the device does not let through for their size (HTTP 413).
extension Uploader {
    /// The rows as they can be sent: a photo of a size that was refused before is made smaller first.
    ///
    /// - Parameter rows: The rows.
    /// - Returns: The rows to send, and those whose photos cannot be made small enough, settled.
    func fitting(_ rows: [PreparedRow]) -> (rows: [PreparedRow], refused: Delivery) {
        var fitting: [PreparedRow] = []
        var refused = Delivery()
        for row in rows {
            guard let target = bounds.target(forPhoto: row.image.bytes.count), row.sendsImage else {
                fitting.append(row)
                continue
            }
            if let smaller = shrunk(row, to: target) {
                fitting.append(smaller)
            } else {
                refused = refused + .settled([row], .rejected, Rejection(.imageTooLarge, tooLarge(row)))
            }
        }
        return (fitting, refused)
    }

    /// Sends a row whose photo was refused alone for its size, made smaller until it goes through.
    func send(smaller row: PreparedRow) async throws -> Delivery {
        bounds.refused(photo: row.image.bytes.count)
        return try await send(single: row)
    }

    private func shrunk(_ row: PreparedRow, to bytes: Int) -> PreparedRow? {
        guard let image = comparison.workshop.shrink(row.image.bytes, to: bytes) else { return nil }
        let detail =
            "made smaller, from \(row.image.bytes.count) to \(image.bytes.count) bytes: the device or a proxy before it "
            + "takes no larger request"
        let outgoing = OutgoingImage(bytes: image.bytes, fileExtension: image.format.fileExtension)
        var whole = row
        // One word on it is enough, also where it was made smaller twice.
        whole.warnings.removeAll { $0.reason == .imageTooLarge }
        return whole.with(outgoing, comparison.digests.digest(of: image.bytes), Rejection(.imageTooLarge, detail))
    }

    private func tooLarge(_ row: PreparedRow) -> String {
        let known = bounds.takenPhoto.map { "\($0) bytes go through" } ?? "no size is known to go through"
        return
            "the device or a proxy before it takes no request with this photo of \(row.image.bytes.count) bytes, and it "
            + "cannot be made small enough without falling below the quality asked for; \(known)"
    }
}
