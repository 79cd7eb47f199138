// SPDX-License-Identifier: Apache-2.0

extension HTTPDevice {
    /// Codes of a query that mean that nothing matches (interface L14, A2).
    private static let noRecords: Set<Int> = [-105, -110, -126]
    /// The code for a field that is missing or has no sense.
    private static let wrongParameter = -3596

    /// One page of records: `count`, at most 50, from record `start`, counted from 1.
    public func records(
        _ kind: RecordKind,
        _ filter: RecordFilter,
        from start: Int,
        count: Int
    ) async throws -> RecordPage {
        precondition(
            start >= 1 && (1...RecordKind.queryLimit).contains(count),
            "a page is 1 to \(RecordKind.queryLimit) records from record 1 on"
        )
        try refuse(kind.query, kind.objection(to: filter))
        let reply = try await exchange(
            kind.query,
            .json(kind.query) { message in
                kind.write(filter, to: &message)
                message.field("start_no", start)
                message.field("qry_len", count)
            }
        )
        guard let records = try records(kind.query, reply, kind), !reply.data.isNothing else {
            return RecordPage(records: [], total: start - 1)
        }
        guard let total = reply.data["total_num"]?.integer else { throw malformed(kind.query, "no total_num") }
        return RecordPage(records: records, total: total)
    }

    /// One stranger (2057), `nil` when the device does not know the id.
    public func stranger(_ id: String) async throws -> DeviceRecord? {
        let reply = try await exchange(.stranger, .json(.stranger) { $0.field("person_id", id) })
        guard let found = try records(.stranger, reply, .strangers), !found.isEmpty else { return nil }
        guard let stranger = found.first(where: { $0["person_id"] == id || $0["img_id"] == id }) else {
            throw malformed(.stranger, "another stranger than \(id)")
        }
        return stranger
    }

    /// The stranger whose face a capture shows (1066), its id in the field `img_id`; `nil` when there is none.
    public func person(behind capture: String) async throws -> DeviceRecord? {
        let reply = try await exchange(
            .personBehindCapture,
            .json(.personBehindCapture) { $0.field("snap_id", capture) }
        )
        return try records(.personBehindCapture, reply, .profile)?.first
    }

    /// Exports chosen records, 1 to 50, into an archive on the device.
    public func exportRecords(_ kind: RecordKind, _ ids: [String], of person: String?) async throws -> ExportReply {
        try refuse(kind.chosenExport, kind.objection(to: RecordFilter(person: person)))
        func reply(_ personFields: [String]) async throws -> ExportReply {
            try await exportChosen(kind.chosenExport, ids) { message in
                message.field(kind.idsParameter, ids.joined(separator: ","))
                for field in personFields { message.field(field, person ?? "") }
            }
        }
        guard person != nil else { return try await reply([]) }
        do {
            return try await reply(["person_id"])
        } catch let error as DeviceError where error.deviceCode == Self.wrongParameter {
            // The interface's example spells it so (K6).
            return try await reply(["person_id", "preson_id"])
        }
    }

    /// Exports a page of records, at most ``RecordKind/exportPageLimit``, into an archive on the device.
    public func exportRecords(
        _ kind: RecordKind,
        _ filter: RecordFilter,
        from start: Int,
        count: Int
    ) async throws -> ExportReply {
        precondition(
            start >= 1 && (1...kind.exportPageLimit).contains(count),
            "a page is 1 to \(kind.exportPageLimit) records from record 1 on"
        )
        // Mandatory here, though not in the query (interface E8).
        let needsLibrary = kind == .alarms && filter.libraries.isEmpty
        try refuse(
            kind.pageExport,
            kind.objection(to: filter) ?? (needsLibrary ? "alarms are exported by page only with libraries" : nil)
        )
        return try await export(kind.pageExport, images: count) { message in
            kind.write(filter, to: &message)
            message.field("start_no", start)
            message.field("qry_len", count)
        }
    }

    private func refuse(_ message: Message, _ objection: String?) throws(DeviceError) {
        guard let objection else { return }
        throw DeviceError(
            .refused,
            "device \(name) cannot be asked to \(message.purpose): \(objection); nothing was sent"
        )
    }

    /// The records of a reply, one of them also without a list around it (interface Q6); `nil` when nothing matches.
    private func records(_ message: Message, _ reply: Reply, _ kind: RecordKind) throws -> [DeviceRecord]? {
        if Self.noRecords.contains(reply.code) { return nil }
        guard reply.code == 0 else { throw refusal(of: message, reply) }
        if reply.data.isNothing { return nil }
        guard let record = reply.data["record"] else { throw malformed(message, "no records") }
        if let elements = record.elements ?? record.emptyList { return elements.map { DeviceRecord($0, kind) } }
        guard case .object = record else { throw malformed(message, "no list of records") }
        return [DeviceRecord(record, kind)]
    }
}
