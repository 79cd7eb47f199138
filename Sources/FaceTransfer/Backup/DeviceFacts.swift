// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceLibraries
import FaceModel
import FaceRepository
import FaceSources

/// What about a device decides whether a backup of it can be complete, and what its cameras have to do with a library.
struct DeviceFacts: Sendable {
    let settings: SnapshotSettings
    let cameras: [SnapshotCamera]

    /// Asks the device (1900, 1903, 1288, 1363, 1283, 516) and warns of what endangers a backup.
    ///
    /// - Parameters:
    ///   - library: The library that is backed up.
    ///   - notices: Takes the warnings.
    /// - Returns: What it said; nothing where old firmware does not know the question.
    /// - Throws: `DeviceError` when the device cannot be reached, and `CancellationError`.
    static func read(of library: LibraryOnDevice, _ notices: NoticeLog) async throws -> DeviceFacts {
        let device = library.device
        let kept = try await DeviceWarnings.ifKnown(device.kept)
        let days = try await DeviceWarnings.ifKnown(device.retentionDays)
        let storage = try await DeviceWarnings.ifKnown(device.storage)
        let cipher = try await DeviceWarnings.ifKnown(device.archiveCipher)
        let clock = try await DeviceWarnings.ifKnown(device.clock)
        let bound = try await DeviceWarnings.ifKnown(device.cameras) ?? []
        if kept?.portraitImages == false {
            notices.add(
                "\(device.name) keeps no images: its backup has attributes only, which no device can be given back"
            )
        }
        if let days, days > 0 {
            notices.add(
                "\(device.name) deletes portraits by itself after \(counted(days, "day")); older snapshots keep them"
            )
        }
        if let storage, storage.strategy == 2, storage.capacity > 0, storage.used * 10 >= storage.capacity * 9 {
            notices.add("\(device.name) is nearly full and takes no new records then: make room before restoring to it")
        }
        if let behind = clock.flatMap(ClockReading.init)?.secondsBehind(Int(Moment.now)), abs(behind) > 60 {
            let span = ClockReading.text(seconds: abs(behind))
            notices.add(
                "the clock of \(device.name) is \(span) \(behind > 0 ? "behind" : "ahead"): what tells versions of a "
                    + "portrait apart is when it was stored, so a clock that is set back may hide a change"
            )
        }
        return DeviceFacts(
            settings: SnapshotSettings(
                keepsImages: kept?.portraitImages,
                retentionDays: days,
                usedStorage: storage?.used,
                storage: storage?.capacity,
                storageStrategy: storage?.strategy,
                archiveCipher: cipher.map { $0 == .aes256 ? "AES-256" : "AES-128" },
                clock: clock.map { $0.zone.isEmpty ? $0.time : "\($0.time) \($0.zone)" }
            ),
            cameras: bound.filter { $0.libraryIDs.contains(library.id) }
                .map { SnapshotCamera(channel: $0.channel, name: $0.name) }
        )
    }
}
