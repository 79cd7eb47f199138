// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceLibraries
import FaceModel
import FaceSources

/// What came of the attempt to have the image of a record.
struct FetchedRecord: Sendable {
    let entry: RecordEntry
    /// The image, byte for byte as the device gave it.
    var image: [UInt8]?
    /// What becomes of the row once the record is written: one that lacks something is no success.
    let settlement: Settlement

    /// How much memory it holds.
    var weight: Int { (image?.count ?? 0) + 2048 }
}

/// Has the image of a record: out of its archive, or by its path.
struct RecordFetch: Sendable {
    let device: any Device

    /// Has an image.
    ///
    /// - Parameter task: What is to be had.
    /// - Returns: The record with its image, or with the reason why there is none.
    /// - Throws: `DeviceError` when the device cannot be reached, and `CancellationError`.
    func carryOut(_ task: RecordTask) async throws -> FetchedRecord {
        if let image = task.way.image, image.isPicture { return whole(task.entry, image) }
        do {
            let path = task.entry.imagePath
            guard !path.isEmpty else { return lacking(task.entry, "the device names no picture of this record") }
            guard let image = try await device.imageIfKept(at: path), !image.isEmpty else {
                return lacking(task.entry, "the device has the picture of this record no longer")
            }
            guard image.isPicture else {
                let detail = "what the device sent as the picture is none"
                return lacking(task.entry, Rejection(.deviceContradicts, detail), .failed)
            }
            return whole(task.entry, image)
        } catch let error as DeviceError where error.code == .refused || error.code == .malformedReply {
            return lacking(task.entry, DeviceRefusal.unreachable(error), .failed)
        }
    }

    private func whole(_ entry: RecordEntry, _ image: [UInt8]) -> FetchedRecord {
        let masked = entry.record.maskedFields
        let settlement =
            masked.isEmpty
            ? Settlement(key: entry.key, outcome: .stored)
            : Settlement(key: entry.key, outcome: .rejected, Self.maskedValues(masked))
        return FetchedRecord(entry: entry, image: image, settlement: settlement)
    }

    private func lacking(_ entry: RecordEntry, _ detail: String) -> FetchedRecord {
        lacking(entry, Rejection(.imageMissing, detail), .rejected)
    }

    private func lacking(_ entry: RecordEntry, _ rejection: Rejection, _ outcome: Outcome) -> FetchedRecord {
        let masked = entry.record.maskedFields
        let noticed = masked.isEmpty ? [] : [Self.maskedValues(masked)]
        return FetchedRecord(
            entry: entry,
            settlement: Settlement(key: entry.key, outcome: outcome, rejection, besides: noticed)
        )
    }

    private static func maskedValues(_ names: [String]) -> Rejection {
        Rejection(.attributeMasked, "the device shows \(names.joined(separator: ", ")) only as a mask")
    }
}
