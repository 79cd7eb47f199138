// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// Messages 1025 to 1028 and 1034: portrait libraries (3.1 to 3.5).
extension Appliance {
    func listLibraries() async throws -> Reply {
        var items = try await store.libraries().records.map(value)
        if quirks[.listIncludesGreylist] { items.append(Self.greylist) }
        return .success(quirks[.listAsRecord] ? .object([("record", .list(items))]) : .list(items))
    }

    func createLibrary(_ call: Call) async throws -> Reply {
        let name = try call.fields.requiredText("lib_name")
        guard let type = try type(call.fields) else { throw DeviceFault(.parameter) }
        let id = try await store.createLibrary(name: name, type: type)
        return .success(.object([("lib_id", .integer(id)), ("lib_name", .text(name))]))
    }

    func deleteLibrary(_ call: Call) async throws -> Reply {
        try await store.deleteLibrary(try call.fields.requiredInteger("lib_id"))
        return .success()
    }

    func modifyLibrary(_ call: Call) async throws -> Reply {
        let id = try call.fields.requiredInteger("lib_id")
        let name = try call.fields.text("lib_name")
        let type = try type(call.fields)
        guard quirks[.modifyPartial] || name != nil && type != nil else { throw DeviceFault(.parameter) }
        let library = try await store.changeLibrary(id, name: name, type: type)
        return .success(.object([("lib_id", .integer(id)), ("lib_name", .text(library.name))]))
    }

    func queryLibraries(_ call: Call) async throws -> Reply {
        let page = try Page(call.fields, quirks)
        let filter = LibraryFilter(
            id: try call.fields.integer("lib_id"),
            name: try call.fields.text("lib_name"),
            type: try type(call.fields)?.rawValue
        )
        let listed = try await store.libraries(filter, page: page)
        return try paged(Listed(records: listed.records.map(value), total: listed.total))
    }

    /// A page of records with its counts, or the code that stands for an empty one (L10, L14).
    func paged(_ listed: Listed<ReplyValue>, emptyCode: ReturnCode? = nil) throws(DeviceFault) -> Reply {
        if listed.total == 0 {
            if let emptyCode { throw DeviceFault(emptyCode) }
            if quirks[.empty105] { throw DeviceFault(.noData) }
        } else if listed.records.isEmpty, quirks[.pastEnd105] {
            throw DeviceFault(.noData)
        }
        return .success(
            .object([
                ("record", .list(listed.records)), ("result_num", .integer(listed.records.count)),
                ("total_num", .integer(listed.total)),
            ])
        )
    }

    private func type(_ fields: Fields) throws(DeviceFault) -> LibraryType? {
        guard let number = try fields.integer("lib_type") else { return nil }
        guard let type = LibraryType(rawValue: number) else { throw DeviceFault(.parameter) }
        return type
    }

    private static let greylist = ReplyValue.object([
        ("create_time", .text("2000-01-01 00:00:00")), ("lib_id", .integer(StoredLibrary.greylistID)),
        ("lib_name", .text("greylist")), ("lib_type", .integer(0)), ("picture_no", .integer(0)),
        ("update_time", .text("2000-01-01 00:00:00")),
    ])

    private func value(_ library: StoredLibrary) -> ReplyValue {
        .object([
            ("create_time", .text(library.createTime)), ("lib_id", .integer(library.id)),
            ("lib_name", .text(library.name)), ("lib_type", .integer(library.type)),
            ("picture_no", .integer(quirks[.staleCounts] ? library.previousCount : library.pictureCount)),
            ("update_time", .text(library.updateTime)),
        ])
    }
}
