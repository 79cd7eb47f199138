// SPDX-License-Identifier: Apache-2.0

/// Exports of records by pages (1040, 1039, 1048, 1070, 2049, 2055, 2051) and of chosen ones (1043, 1042, 1047, 1069,
/// 2050, 2056, 2052).
extension Appliance {
    func exportRecords(_ kind: RecordKind, _ call: Call) async throws -> Reply {
        let filter = try RecordFilter(kind, call.fields, quirks)
        if kind == .strangers {
            // Mandatory for this message only.
            _ = try call.fields.requiredInteger("start_no")
            _ = try call.fields.requiredInteger("qry_len")
        }
        let page = try Page(call.fields, quirks, maximum: kind.exportMaximum)
        if kind == .alarms { try await checkLibraries(filter) }
        try await checkPerson(filter)
        let listed = try await store.records(filter, page: quirks[.exportShortPage] ? page.shortened : page)
        let archive = try await archive(listed.records, of: kind, isChosen: false)
        try await driftBetweenPages(of: kind, isLast: page.offset + listed.records.count >= listed.total)
        return pagedExport(archive, total: listed.total, of: call)
    }

    func exportChosenRecords(_ kind: RecordKind, _ call: Call) async throws -> Reply {
        let asked = try call.fields.requiredIDs(kind.chosenField)
        let person = kind == .profile ? try self.person(of: call) : nil
        let records = try await store.records(asked, of: [kind], person: person)
        let archive = try await archive(records, of: kind, isChosen: true)
        let found = Set(records.map(\.snapID))
        return chosenExport(archive, asked: asked, missing: asked.filter { !found.contains($0) }, of: call)
    }

    private func archive(_ records: [StoredRecord], of kind: RecordKind, isChosen: Bool) async throws -> FinishedArchive
    {
        let fields = RecordFields(quirks: quirks, isMasked: quirks[.zipMasked])
        let members = records.map(fields.members)
        let columns = members.first.map { RecordFields.columns(kind, $0) } ?? []
        let items = zip(records, members).map { record, members in
            ExportItem(
                id: record.snapID,
                picture: record.path,
                stem: record.snapID,
                cells: RecordFields.cells(members, columns)
            )
        }
        let prefix = kind.prefix(isChosen: isChosen)
        return try await archive(
            items,
            as: ExportKind(
                prefix: prefix,
                manifest: prefix + ".csv",
                columns: columns,
                isProtected: kind != .bodyAlarms
            )
        )
    }

    /// 1039 must name libraries, and all of them must be there (E8).
    private func checkLibraries(_ filter: RecordFilter) async throws {
        guard let libraries = filter.libraries else {
            guard quirks[.libIDsOptional] else { throw DeviceFault(.parameter) }
            return
        }
        for id in libraries {
            guard try await store.library(id) != nil else { throw DeviceFault(.libraryMissing) }
        }
    }

    /// The person of 2052, by either of its names (K6).
    private func person(of call: Call) throws(DeviceFault) -> String {
        let misspelt = try call.fields.text("preson_id")
        let right = quirks[.presonIDOnly] ? nil : try call.fields.text("person_id")
        guard let person = right ?? misspelt, !person.isEmpty else { throw DeviceFault(.parameter) }
        return person
    }
}
