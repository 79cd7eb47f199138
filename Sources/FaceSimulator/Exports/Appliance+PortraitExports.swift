// SPDX-License-Identifier: Apache-2.0

/// Messages 1038 and 1041: portraits as an archive (3.12, 3.13).
extension Appliance {
    func exportPortraits(_ call: Call) async throws -> Reply {
        let library = try await exportedLibrary(call)
        let page = try Page(call.fields, quirks, maximum: Page.exportMaximum)
        let shown = quirks[.exportShortPage] ? page.shortened : page
        let listed = try await store.portraits(in: library.id, page: shown, time: nil)
        let portraits = try withoutCommas(listed.records, in: library)
        let archive = try await archive(portraits.map { item($0, library) }, as: portraitExport)
        try await driftBetweenPages(of: library.id, isLast: page.offset + listed.records.count >= listed.total)
        return pagedExport(archive, total: listed.total, of: call)
    }

    func exportChosenPortraits(_ call: Call) async throws -> Reply {
        let asked = try call.fields.requiredIDs("img_ids")
        let library = try await exportedLibrary(call)
        let found = try await store.portraits(asked, in: library.id)
        let portraits = try withoutCommas(found, in: library)
        let archive = try await archive(portraits.map { item($0, library) }, as: portraitExport)
        let exported = Set(portraits.map(\.imgID))
        return chosenExport(archive, asked: asked, missing: asked.filter { !exported.contains($0) }, of: call)
    }

    private func exportedLibrary(_ call: Call) async throws -> StoredLibrary {
        let id = try call.fields.requiredInteger("lib_id")
        guard let library = try await store.library(id) else { throw DeviceFault(.libraryMissing) }
        return library
    }

    /// Refuses portraits whose line in the CSV would have a comma, or what a quirk does instead (P6).
    private func withoutCommas(
        _ portraits: [StoredPortrait],
        in library: StoredLibrary
    ) throws(DeviceFault) -> [StoredPortrait] {
        guard !quirks[.commaShift] else { return portraits }
        let fit = portraits.filter { portrait in
            let person = portrait.person
            let texts = [person.name, person.identity, person.gender, person.age, person.address, library.name]
            return !texts.contains { $0.utf8.contains(UInt8(ascii: ",")) }
        }
        guard fit.count == portraits.count || quirks[.commaPartial] else { throw DeviceFault(quirks.commaCode) }
        return fit
    }

    private func item(_ portrait: StoredPortrait, _ library: StoredLibrary) -> ExportItem {
        var person = portrait.person
        if quirks[.zipMasked] {
            person.identity = quirks.masked(person.identity, width: 6)
            person.address = quirks.masked(person.address, width: 6)
            if quirks[.maskName] { person.name = quirks.masked(person.name, width: 6) }
        }
        let parts = [person.name, portrait.imgID, person.identity, person.gender, person.age, person.address]
        return ExportItem(
            id: portrait.imgID,
            picture: portrait.imgPath,
            stem: parts.map { $0.isEmpty ? "#" : $0 }.joined(separator: "_"),
            cells: [
                portrait.imgID, String(library.id), library.name, person.name, person.identity, person.gender,
                person.age, person.address, portrait.createTime,
            ]
        )
    }

    private var portraitExport: ExportKind {
        ExportKind(
            prefix: "face",
            manifest: "face.csv",
            columns: [
                "img_id", "lib_id", "lib_name", "person_name", "person_idcard", "person_gender", "person_age",
                "person_addr", "create_time",
            ],
            quotesCommas: !quirks[.commaShift]
        )
    }
}
