// SPDX-License-Identifier: Apache-2.0
import FaceArchive
import FaceLedger
import FaceModel
import FaceSources

/// One portrait that is to be had, and how.
enum FetchTask: Sendable {
    /// From an archive that is here.
    case entry(ListingEntry, ArchiveMatching.Match, ArchiveInHand)
    /// One by one: no archive has it, or it breaks archives.
    case single(PortraitID)
}

/// What came of the attempt to have a portrait.
package struct FetchedRow: Sendable {
    /// The row's key: the img_id.
    package let key: String
    /// What came of it.
    package let result: SingleFetch.Result

    /// How much memory it holds.
    package var weight: Int { if case .portrait(let portrait) = result { portrait.image?.count ?? 0 } else { 0 } }
}

/// Carries a fetch task out: reads an image from its archive, or asks the device for the portrait.
struct FetchWork: Sendable {
    let single: SingleFetch

    /// Has a portrait.
    ///
    /// - Parameter task: What is to be had.
    /// - Returns: The portrait, or why there is none.
    /// - Throws: `DeviceError` when the device cannot be reached, and `CancellationError`.
    func carryOut(_ task: FetchTask) async throws -> FetchedRow {
        switch task {
        case .single(let id): return FetchedRow(key: id.text, result: try await single.fetch(id))
        case .entry(let entry, let match, let archive):
            guard let image = image(match.entry, archive), image.isPicture,
                let listed = ListedPortrait(entry.imgID, entry).completed(by: match.attributes)
            else { return try await carryOut(.single(entry.imgID)) }
            return FetchedRow(key: entry.imgID.text, result: .portrait(try await single.complete(listed, image: image)))
        }
    }

    /// The image, `nil` where this entry is damaged: the portrait is then asked for on its own.
    private func image(_ entry: ZipEntry, _ archive: ArchiveInHand) -> [UInt8]? {
        try? archive.zip.read(entry)
    }
}

extension ListedPortrait {
    /// The portrait with what the archive says of its masked fields; `nil` where archive and listing
    /// contradict each other, so that nothing in the archive about it can be believed.
    func completed(by told: ArchiveAttributes?) -> ListedPortrait? {
        guard let told else { return self }
        let pairs = [
            (name, told.name), (identity, told.identity), (gender, told.gender), (age, told.age),
            (address, told.address),
        ]
        guard pairs.allSatisfy({ $0 == nil || $1 == nil || $0 == $1 }) else { return nil }
        let clear = told.unaltered
        var completed = self
        completed.fill(
            from: ListedPortrait(
                id: id,
                imagePath: imagePath,
                createTime: createTime,
                name: clear.name,
                identity: clear.identity,
                gender: clear.gender,
                age: clear.age,
                address: clear.address
            )
        )
        return completed
    }
}
