// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceLedger
import FaceLibraries
import FaceModel
import FacePipeline
import FaceSources

/// A record whose image is to be had, and how.
struct RecordTask: Sendable {
    let entry: RecordEntry
    let way: FetchWay
}

/// Completes the records of a listing and fetches their images in archives of chosen ones, fifty at a time.
struct RecordPlanning: Sendable {
    let source: ExportedRecords
    /// Which of these keys the ledger knows as settled.
    let settled: @Sendable ([String]) async throws -> Set<String>
    let archives: ArchiveExport
    let notices: NoticeLog

    /// So many archives in a row that brought nothing, and this device's archives are of no use.
    private static let patience = 3

    private struct State {
        var archivesWork = true
        /// How many archives in a row brought nothing.
        var barren = 0
    }

    /// Hands on a task for every record that is not settled.
    ///
    /// - Parameters:
    ///   - listing: The records.
    ///   - output: Takes the tasks of one archive at a time; finished at the end.
    /// - Throws: `DeviceError` when the device cannot be reached, ``TargetError``, and `CancellationError`.
    func run(_ listing: sending EntryReader, to output: Channel<[RecordTask]>) async throws {
        defer { output.finish() }
        var completion = RecordCompletion(source)
        var state = State()
        while case let group = try await openEntries(listing), !group.isEmpty {
            var completed: [RecordEntry] = []
            for var entry in group {
                entry.record = try await completion.complete(entry.record)
                completed.append(entry)
            }
            try await output.send(try await choose(completed, &state))
        }
    }

    /// The next records that are not settled, as many as an archive takes.
    private func openEntries(_ listing: EntryReader) async throws -> [RecordEntry] {
        var open: [RecordEntry] = []
        while open.count < RecordKind.chosenLimit {
            let entries = try listing.next(RecordKind.chosenLimit - open.count)
            if entries.isEmpty { break }
            let done = try await settled(entries.map(\.key))
            open += entries.filter { !done.contains($0.key) }
        }
        return open
    }

    private func choose(_ entries: [RecordEntry], _ state: inout State) async throws -> [RecordTask] {
        // An id with a comma would name other records; without one there is nothing to ask by.
        let plain = entries.filter { !$0.record.id.isEmpty && !$0.record.id.contains(",") }
        // One record several times is one image.
        var ids: Set<String> = []
        let distinct = plain.filter { ids.insert($0.record.id).inserted }
        var ways: [String: FetchWay] = [:]
        if state.archivesWork && distinct.count > 1 {
            let chosen = ChosenArchives<RecordEntry>(archives: archives, id: { $0.record.id }, path: { $0.imagePath }) {
                .records(source.kind, $0.map(\.record.id), person: source.filter.person)
            }
            let fetched = try await chosen.fetch(distinct[...]) { error in
                state.archivesWork = false
                notices.add(archives.device.unreadableArchives(error, of: "records"))
            }
            for (entry, way) in fetched { ways[entry.record.id] = way }
            noteBarren(!ways.values.contains(where: \.isArchived), &state)
        }
        return entries.map { RecordTask(entry: $0, way: ways[$0.record.id] ?? .single) }
    }

    private func noteBarren(_ isBarren: Bool, _ state: inout State) {
        state.barren = isBarren ? state.barren + 1 : 0
        guard state.archivesWork, state.barren == Self.patience else { return }
        state.archivesWork = false
        notices.add("\(source.device.name) exports no images of these records, so they are fetched one by one")
    }
}

extension RecordEntry {
    /// Where the device keeps the image: of a stranger that has no capture (any more), the one it is known by.
    var imagePath: String {
        if !record.imagePath.isEmpty { return record.imagePath }
        return record["person_id"] == nil ? "" : record.matchedImagePath
    }
}
