// SPDX-License-Identifier: Apache-2.0
public import FaceModel

extension HTTPDevice {
    /// Codes that say that nothing matches: nothing to export, no data, an empty library (interface L14, E6).
    private static let nothing: Set<Int> = [-2100, -105, -110]
    /// The portrait is not in the library.
    private static let missing = -126

    /// Runs an export and the download of its archive while no other one runs on this device (interface E2).
    public func oneExportAtATime<Value>(_ body: () async throws -> Value) async throws -> Value {
        try await exportTurn.run(body)
    }

    /// Exports chosen portraits, 1 to 50, into an archive on the device (1041).
    public func exportPortraits(_ ids: [PortraitID], in library: Int) async throws -> ExportReply {
        try await exportChosen(.exportPortraits, ids.map(\.text)) { message in
            message.field("lib_id", library)
            message.field("img_ids", ids.map(\.text).joined(separator: ","))
        }
    }

    /// Exports a page of a library, at most 500 portraits from record `start`, into an archive on the device (1038).
    public func exportPortraits(in library: Int, from start: Int, count: Int) async throws -> ExportReply {
        precondition(start >= 1 && (1...500).contains(count), "a page is 1 to 500 records from record 1 on")
        return try await export(.exportPage, images: count) { message in
            message.field("lib_id", library)
            message.field("start_no", start)
            message.field("qry_len", count)
        }
    }

    /// Asks for an archive of chosen records; ids that are all gone are nothing to export.
    func exportChosen(
        _ message: Message,
        _ ids: [String],
        _ write: (inout MessageWriter) -> Void
    ) async throws -> ExportReply {
        precondition((1...50).contains(ids.count), "1 to 50 records are exported at once")
        precondition(ids.allSatisfy { !$0.contains(",") }, "an id with a comma would name other records")
        return try await export(message, images: ids.count, nothing: Self.nothing.union([Self.missing]), write)
    }

    /// Asks for an archive.
    func export(
        _ message: Message,
        images: Int,
        nothing: Set<Int> = HTTPDevice.nothing,
        _ write: (inout MessageWriter) -> Void
    ) async throws -> ExportReply {
        let reply = try await exchange(message, .json(message, write), limits: .export(images: images))
        if nothing.contains(reply.code) {
            return ExportReply(path: "", passphrase: nil, exported: 0, total: 0, failed: [])
        }
        guard reply.code == 0 else { throw refusal(of: message, reply) }
        return try exportReply(to: message, reply.data)
    }

    private func exportReply(to message: Message, _ data: JSONValue) throws -> ExportReply {
        let failed = Self.ids(data["failed_img_ids"])
        let path = data.text(of: "export_url")
        guard let exported = data["result_num"]?.integer ?? (data.isNothing ? 0 : nil), exported >= 0 else {
            throw malformed(message, "no result_num")
        }
        guard exported == 0 || !path.isEmpty else {
            throw malformed(message, "\(exported) exported records and no export_url")
        }
        let password = data.text(of: "zippasswd")
        return ExportReply(
            path: exported == 0 ? "" : path,
            passphrase: password.isEmpty ? nil : Secret(password),
            exported: exported,
            total: data["total_num"]?.integer ?? exported + failed.count,
            failed: failed
        )
    }

    /// Ids as comma-separated text, as an array, or not at all (interface E6).
    private static func ids(_ value: JSONValue?) -> [String] {
        let texts = value?.elements?.compactMap(\.text) ?? [value?.text ?? ""]
        return texts.flatMap { $0.split(separator: ",") }.map { $0.trimmingBlanks() }.filter { !$0.isEmpty }
    }
}

extension Substring {
    /// The text without blanks before and after it.
    fileprivate func trimmingBlanks() -> String {
        let rest = drop { $0.isWhitespace }
        guard let end = rest.lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(rest[...end])
    }
}
