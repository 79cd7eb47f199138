// SPDX-License-Identifier: Apache-2.0
import Crypto
import Foundation

/// Messages 1031, 1032, 1033, 1035, 1044 and 1067: portraits that are there (3.6, 3.8 to 3.11, 3.25).
extension Appliance {
    func deletePortrait(_ call: Call) async throws -> Reply {
        let library = try call.fields.requiredInteger("lib_id")
        let imgID = try call.fields.requiredText("img_id")
        guard try await store.deletePortraits([imgID], in: library, allOrNothing: false) else {
            throw DeviceFault(.portraitMissing)
        }
        return .success()
    }

    func deletePortraits(_ call: Call) async throws -> Reply {
        let library = try call.fields.requiredInteger("lib_id")
        let imgIDs = try call.fields.requiredText("img_ids").split(separator: ",")
            .map { $0.trimmingCharacters(in: .whitespaces) }.filter { !$0.isEmpty }
        guard (1...50).contains(imgIDs.count) else { throw DeviceFault(.parameter) }
        let isAllOrNothing = quirks[.deleteAllOrNothing]
        let isComplete = try await store.deletePortraits(imgIDs, in: library, allOrNothing: isAllOrNothing)
        if !isComplete, isAllOrNothing || quirks[.deletePartialError] { throw DeviceFault(.portraitMissing) }
        return .success()
    }

    func modifyPortrait(_ call: Call) async throws -> Reply {
        let library = try call.fields.requiredInteger("lib_id")
        let imgID = try call.fields.requiredText("img_id")
        let rules = PersonRules(quirks: quirks)
        try await store.changePortrait(imgID, in: library) { person in
            person = try rules.person(call.fields, over: person)
        }
        return .success(.object([("img_id", .text(imgID)), ("lib_id", .integer(library))]))
    }

    func queryPortrait(_ call: Call) async throws -> Reply {
        let library = try call.fields.requiredInteger("lib_id")
        let portrait = try await store.portrait(try call.fields.requiredText("img_id"), in: library)
        var members = members(portrait, isClear: quirks.singleIsClear, maskWidth: 5)
        members.append(("img", .text(try shownPicture(of: portrait))))
        members.append(("img_feat", .text(Self.features(of: portrait))))
        return .success(.object(members))
    }

    func listPortraits(_ call: Call) async throws -> Reply {
        let library = try call.fields.requiredInteger("lib_id")
        let page = try Page(call.fields, quirks)
        guard try await store.library(library) != nil else { throw DeviceFault(.libraryMissing) }
        var time: DeviceStore.TimeFilter?
        if let text = try call.fields.text("create_time"), !text.isEmpty, !quirks[.createTimeIgnored] {
            time = quirks[.createTimeFrom] ? .from(text) : .equal(text)
        }
        let listed = try await store.portraits(in: library, page: quirks.shifted(page), time: time)
        let values = listed.records.prefix(quirks.room(on: page, total: listed.total)).map { portrait in
            var shown = portrait
            shown.imgID = quirks.listedID(portrait.imgID)
            return ReplyValue.object(members(shown, isClear: quirks.listIsClear, maskWidth: 6))
        }
        if counters.countPage(isLastAt: quirks.number(.clockJumps)) { clock.advance(by: 400 * 86_400) }
        try await driftBetweenPages(of: library, isLast: page.offset + values.count >= listed.total)
        return try paged(
            Listed(records: values, total: quirks.shownTotal(listed.total)),
            emptyCode: quirks[.empty110] ? .libraryEmpty : nil
        )
    }

    /// Changes a library between two pages of it (L12).
    func driftBetweenPages(of library: Int, isLast: Bool) async throws {
        guard !isLast, let limit = quirks.number(.mutateDuringPaging), counters.countDrift(upTo: limit) else { return }
        try await store.drift(in: library)
    }

    func decryptPortrait(_ call: Call) async throws -> Reply {
        let library = try call.fields.requiredInteger("lib_id")
        let uuid = quirks[.strictImgID] ? nil : try call.fields.text("uuid")
        let imgID = quirks[.strictUUID] ? nil : try call.fields.text("img_id")
        guard let id = uuid ?? imgID, !id.isEmpty else { throw DeviceFault(.parameter) }
        let portrait = try await store.portrait(id, in: library)
        let value = ReplyValue.object(members(portrait, isClear: true, maskWidth: 0))
        guard !quirks[.decryptFlat] else { return .success(value) }
        return try paged(Listed(records: [value], total: 1))
    }

    private func members(
        _ portrait: StoredPortrait,
        isClear: Bool,
        maskWidth: Int
    ) -> [(String, ReplyValue)] {
        let person = portrait.person
        func shown(_ value: String, masked: Bool) -> ReplyValue {
            .text(masked ? quirks.masked(value, width: maskWidth) : value)
        }
        return [
            ("create_time", .text(portrait.createTime)),
            ("img_id", .text(portrait.imgID)),
            ("img_path", .text(quirks.shownPath(portrait.imgPath))),
            ("lib_id", .integer(portrait.libraryID)),
            ("person_addr", shown(person.address, masked: !isClear)),
            ("person_age", .text(person.age)),
            ("person_gender", .text(person.gender)),
            ("person_idcard", shown(person.identity, masked: !isClear)),
            ("person_name", shown(person.name, masked: !isClear && quirks[.maskName])),
        ]
    }

    /// The picture as 1032 shows it (P8).
    private func shownPicture(of portrait: StoredPortrait) throws -> String {
        guard !portrait.imgPath.isEmpty, !quirks[.imgEmpty] else { return "" }
        if quirks[.imgGarbage] { return String(repeating: "\u{FFFD}", count: 24) }
        let base64 = Data(try store.folder.read(store.folder.file(portrait.imgPath))).base64EncodedString()
        return quirks[.imgDataURI] ? "data:image/jpeg;base64," + base64 : base64
    }

    /// Features that look random and are always the same for one picture (P10).
    private static func features(of portrait: StoredPortrait) -> String {
        SHA256.hash(data: Array(portrait.sha256.utf8)).prefix(14).map { String(Int($0) * 11) }.joined(separator: ",")
    }
}
