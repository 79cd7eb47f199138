// SPDX-License-Identifier: Apache-2.0
import FaceDevice
package import FaceImaging
package import FaceLibraries
import FaceModel

/// Makes photos smaller that something between here and the device does not let through for their size.
///
/// HTTP 413 says so. A connection that breaks while a photo is sent says it only when it breaks at that size every time
/// and a smaller one goes through.
package struct PhotoFitting: Sendable {
    package let bounds: BatchBounds
    package let workshop: ImageWorkshop
    package let digests: ContentDigests
    package let clock: any Clock<Duration>

    package init(bounds: BatchBounds, workshop: ImageWorkshop, digests: ContentDigests, clock: any Clock<Duration>) {
        self.bounds = bounds
        self.workshop = workshop
        self.digests = digests
        self.clock = clock
    }

    /// How often a photo is sent as it is where the connection breaks.
    package static let attempts = 3

    /// Asks about a photo, made smaller until the question goes through.
    ///
    /// - Parameters:
    ///   - given: The row of the photo.
    ///   - ask: The question; it changes nothing on the device.
    /// - Returns: The row with the photo that went through, and the answer; `nil` where it cannot be made small enough.
    /// - Throws: What `ask` throws; a connection that breaks at every size is thrown on.
    func asking<Answer>(
        _ given: PreparedRow,
        _ ask: (PreparedRow) async throws -> Answer
    ) async throws -> (row: PreparedRow, answer: Answer)? {
        var (row, tries, suspect) = (given, 0, Int?.none)
        while true {
            if let target = bounds.target(forPhoto: row.image.bytes.count) {
                guard let smaller = shrunk(row, to: target) else { return nil }
                row = smaller
            }
            let bytes = row.image.bytes.count
            do {
                let answer = try await ask(row)
                if let suspect { bounds.refused(photo: suspect) }
                return (row, answer)
            } catch let error as DeviceError where error.code == .tooLarge {
                bounds.refused(photo: bytes)
            } catch let error as DeviceError where error.code == .cutOff {
                tries += 1
                if tries < Self.attempts {
                    try await clock.sleep(for: .milliseconds(500 * tries))
                } else {
                    guard let smaller = shrunk(row, to: bytes * 3 / 4) else { throw error }
                    (row, suspect) = (smaller, bytes)
                }
            }
        }
    }

    /// The row with a smaller photo, and a word on it; `nil` where that falls below the quality asked for.
    func shrunk(_ row: PreparedRow, to bytes: Int) -> PreparedRow? {
        guard let image = workshop.shrink(row.image.bytes, to: bytes) else { return nil }
        let detail =
            "made smaller, from \(row.image.bytes.count) to \(image.bytes.count) bytes: the device or a proxy before it "
            + "takes no larger request"
        let outgoing = OutgoingImage(bytes: image.bytes, fileExtension: image.format.fileExtension)
        var whole = row
        // One word on it is enough, also where it was made smaller twice.
        whole.warnings.removeAll { $0.reason == .imageTooLarge }
        return whole.with(outgoing, digests.digest(of: image.bytes), Rejection(.imageTooLarge, detail))
    }

    /// Why a photo was given up that cannot be made small enough.
    func tooLarge(_ row: PreparedRow) -> Rejection {
        let known = bounds.takenPhoto.map { "\($0) bytes go through" } ?? "no size is known to go through"
        return Rejection(
            .imageTooLarge,
            "the device or a proxy before it takes no request with this photo of \(row.image.bytes.count) bytes, and it "
                + "cannot be made small enough without falling below the quality asked for; \(known)"
        )
    }
}
