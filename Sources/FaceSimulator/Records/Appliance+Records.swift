// SPDX-License-Identifier: Apache-2.0

/// Queries for records: 1037, 1036, 1046, 1068, 2053, 2057, 2054, 1065 and 1066.
extension Appliance {
    func queryRecords(_ kind: RecordKind, _ call: Call) async throws -> Reply {
        let filter = try RecordFilter(kind, call.fields, quirks)
        let page = try Page(call.fields, quirks)
        try await checkPerson(filter)
        let listed = try await store.records(filter, page: page)
        let fields = RecordFields(quirks: quirks, isMasked: !quirks[.prePrivacy])
        let values = listed.records.map { ReplyValue.object(fields.members($0)) }
        try await driftBetweenPages(of: kind, isLast: page.offset + values.count >= listed.total)
        if kind == .captures, quirks[.recordSingleObject], listed.total == 1, let value = values.first {
            return Self.single(value)
        }
        return try paged(Listed(records: values, total: listed.total))
    }

    func queryStranger(_ call: Call) async throws -> Reply {
        let id = try call.fields.requiredText("person_id")
        guard let record = try await store.records([id], of: [.strangers]).first else { throw DeviceFault(.noData) }
        let fields = RecordFields(quirks: quirks, isMasked: false)
        return try paged(Listed(records: [.object(fields.members(record))], total: 1))
    }

    func queryOwner(_ call: Call) async throws -> Reply {
        let id = try call.fields.requiredText("snap_id")
        let kinds = RecordKind.allCases.filter { !$0.isBody }
        guard let record = try await store.records([id], of: kinds).first, record.match != nil else {
            throw DeviceFault(.noData)
        }
        let fields = RecordFields(quirks: quirks, isMasked: false)
        return try paged(Listed(records: [.object(fields.owner(record))], total: 1))
    }

    /// Refuses a profile of somebody who is not in the stranger library.
    func checkPerson(_ filter: RecordFilter) async throws {
        guard let person = filter.person else { return }
        guard try await !store.records([person], of: [.strangers]).isEmpty else { throw DeviceFault(.noData) }
    }

    /// Changes the records of a kind between two pages of them (L12).
    func driftBetweenPages(of kind: RecordKind, isLast: Bool) async throws {
        guard !isLast, let limit = quirks.number(.mutateDuringPaging), counters.countDrift(upTo: limit) else { return }
        try await store.drift(kind)
    }

    /// A single record that is no list (Q6).
    private static func single(_ value: ReplyValue) -> Reply {
        .success(.object([("record", value), ("result_num", .integer(1)), ("total_num", .integer(1))]))
    }
}
