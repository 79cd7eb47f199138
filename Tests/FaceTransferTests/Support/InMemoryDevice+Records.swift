// SPDX-License-Identifier: Apache-2.0
import FaceDevice
import FaceModel

extension InMemoryDevice {
    private func found(_ kind: RecordKind, _ filter: RecordFilter) -> [DeviceRecord] {
        (records[kind] ?? []).filter { record in
            guard weather.ignoresFilters || filter.covers(record) else { return false }
            if let owner = weather.profileOwner, filter.person != owner { return false }
            guard let period = filter.period, let time = record["trigger"] else { return true }
            return period.from <= time && time <= period.to
        }
    }

    func records(
        _ kind: RecordKind,
        _ filter: RecordFilter,
        from start: Int,
        count: Int
    ) async throws -> RecordPage {
        _ = try arrive(.records)
        if let change = weather.recordChange, change.beforeCall == counts[.records] { carryOut(change, kind) }
        let found = found(kind, filter)
        var page = Array(found.dropFirst(start - 1).prefix(count))
        var total = found.count
        switch weather.listing {
        case .totalGrows: total += counts[.records] ?? 0
        case .repeats: if start > 1, let first = found.first, !page.isEmpty { page[0] = first }
        default: break
        }
        return RecordPage(records: page, total: total)
    }

    private func carryOut(_ change: RecordChange, _ kind: RecordKind) {
        var now = (records[kind] ?? []).filter { !change.gone.contains($0.id) }
        now.insert(contentsOf: change.new, at: change.isNewestFirst ? 0 : now.count)
        records[kind] = now
    }

    func stranger(_ id: String) async throws -> DeviceRecord? {
        _ = try arrive(.stranger)
        var stranger = records[.strangers]?.first { $0.id == id }
        stranger?.fields += weather.strangerExtras.map { .init(name: $0, text: $1) }
        return stranger
    }

    func person(behind capture: String) async throws -> DeviceRecord? {
        _ = try arrive(.person)
        return records[.profile]?.first { $0.id == capture }
    }

    func exportRecords(_ kind: RecordKind, _ ids: [String], of person: String?) async throws -> ExportReply {
        _ = try arrive(.exportRecords)
        let found = (records[kind] ?? []).filter { ids.contains($0.id) && !weather.unexportableRecords.contains($0.id) }
        let there = Set(found.map(\.id))
        return archive(of: found, total: ids.count, failed: ids.filter { !there.contains($0) })
    }

    func exportRecords(
        _ kind: RecordKind,
        _ filter: RecordFilter,
        from start: Int,
        count: Int
    ) async throws -> ExportReply {
        _ = try arrive(.exportRecords)
        let found = found(kind, filter)
        return archive(of: Array(found.dropFirst(start - 1).prefix(count)), total: found.count, failed: [])
    }

    /// An archive of images named for their records' ids.
    private func archive(of exported: [DeviceRecord], total: Int, failed: [String]) -> ExportReply {
        guard !exported.isEmpty else {
            return ExportReply(path: "", passphrase: nil, exported: 0, total: 0, failed: failed)
        }
        var zip = StoredZip()
        var seen: Set<String> = []
        for record in exported where seen.insert(record.id).inserted {
            if let image = recordImages[record.imagePath] { zip.add("\(record.id).jpg", image) }
        }
        let path = "tmp/catch_\(archives.count + 1).zip"
        archives[path] = zip.finish()
        return ExportReply(path: path, passphrase: nil, exported: exported.count, total: total, failed: failed)
    }
}
