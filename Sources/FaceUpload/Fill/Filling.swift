// SPDX-License-Identifier: Apache-2.0
import FaceDevice
package import FaceLedger
import FaceLibraries
package import FacePipeline

/// The way of prepared rows into a library on a device, whatever job they are of: packed (``Packing``), uploaded
/// (``Uploader``, ``Replacement``), and read back (``Settling``), side by side.
package struct Filling: Sendable {
    package let ledger: any Ledger
    package let job: String
    /// Sends the rows; `nil` where nothing is sent.
    package let uploader: Uploader?
    /// Whether nothing is changed: rows that would be sent end as ready.
    package let isRehearsal: Bool
    package let progress: ProgressBoard

    package init(ledger: any Ledger, job: String, uploader: Uploader?, isRehearsal: Bool, progress: ProgressBoard) {
        self.ledger = ledger
        self.job = job
        self.uploader = uploader
        self.isRehearsal = isRehearsal
        self.progress = progress
    }

    /// Takes prepared rows until there are no more and settles every one of them.
    ///
    /// - Parameter input: What Prepare made of the rows.
    /// - Throws: `DeviceError` or `LedgerError` when the device or the ledger fails, and `CancellationError`.
    package func run(from input: Channel<PortraitPreparation.Result>) async throws {
        let parcels = Channel<Parcel>()
        let packing = Packing(
            ledger: ledger,
            job: job,
            library: uploader?.destination.key,
            upload: uploader?.destination.settings.upload ?? .json,
            maximumCount: uploader?.destination.settings.batchSize ?? 20,
            maximumBytes: uploader?.destination.settings.batchBytes ?? 8_388_608,
            progress: progress
        )
        try await withThrowingDiscardingTaskGroup { stages in
            stages.addTask { try await packing.run(from: input, to: parcels) }
            guard let uploader, !isRehearsal else {
                let rehearsing = Rehearsing(ledger: ledger, job: job, progress: progress)
                stages.addTask { try await rehearsing.run(from: parcels) }
                return
            }
            let deliveries = Channel<Delivery>()
            let settling = Settling(confirmation: Confirmation(of: uploader), progress: progress)
            stages.addTask { [progress] in
                try await runStage(width: uploader.destination.settings.connections, from: parcels, to: deliveries) {
                    let delivery = try await uploader.deliver($0)
                    progress.note { counts in
                        counts.sent += delivery.claimed.count + delivery.settled.count
                        counts.unconfirmed += delivery.claimed.count
                    }
                    return delivery
                }
            }
            stages.addTask { try await settling.run(from: deliveries) }
        }
    }
}

extension Uploader {
    /// Sends one parcel and finds out what became of its rows.
    fileprivate func deliver(_ parcel: Parcel) async throws -> Delivery {
        switch parcel {
        case .batch(let rows): try await send(batch: rows)
        case .alone(let row): try await send(single: row)
        case .update(let row, let difference): try await Replacement(uploader: self).change(row, difference)
        }
    }
}
