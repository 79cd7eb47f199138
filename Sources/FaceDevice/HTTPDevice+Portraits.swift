// SPDX-License-Identifier: Apache-2.0
public import FaceModel
import FaceTransport

extension HTTPDevice {
    /// Codes for a portrait that is not there (interface A2).
    private static let missing: Set<Int> = [-126, -105, -110]
    /// Codes of a listing that mean an empty one (interface L14).
    private static let empty: Set<Int> = [-105, -110]

    /// One page of a library's listing (1035).
    public func portraits(in library: Int, from start: Int, count: Int) async throws -> PortraitPage {
        precondition(start >= 1 && (1...50).contains(count), "a page is 1 to 50 records from record 1 on")
        let reply = try await exchange(
            .portraits,
            .json(.portraits) { message in
                message.field("lib_id", library)
                message.field("start_no", start)
                message.field("qry_len", count)
            }
        )
        if Self.empty.contains(reply.code) { return PortraitPage(portraits: [], total: start - 1) }
        guard reply.code == 0 else { throw refusal(of: .portraits, reply) }
        if reply.data.isNothing { return PortraitPage(portraits: [], total: start - 1) }
        guard let records = reply.data["record"].map({ $0.elements ?? $0.emptyList }) ?? nil else {
            throw malformed(.portraits, "no list of records")
        }
        guard let total = reply.data["total_num"]?.integer else { throw malformed(.portraits, "no total_num") }
        return PortraitPage(portraits: try records.map { try listed($0, .portraits) }, total: total)
    }

    /// One portrait with its image (1032), `nil` when it is not in the library.
    public func portrait(_ id: PortraitID, in library: Int) async throws -> StoredPortrait? {
        let reply = try await exchange(
            .portrait,
            .json(.portrait) { message in
                message.field("lib_id", library)
                message.field("img_id", id.text)
            }
        )
        if Self.missing.contains(reply.code) { return nil }
        guard reply.code == 0 else { throw refusal(of: .portrait, reply) }
        if reply.data.isNothing { return nil }
        let listed = try listed(reply.data, .portrait, asked: id)
        if let image = ReceivedImage.bytes(of: reply.data.text(of: "img")) {
            return StoredPortrait(listed: listed, image: image)
        }
        guard !listed.imagePath.isEmpty else { return StoredPortrait(listed: listed, image: nil) }
        do {
            return StoredPortrait(listed: listed, image: try await download(listed.imagePath))
        } catch let error as DeviceError where error.code == .notFound {
            return StoredPortrait(listed: listed, image: nil)
        }
    }

    /// One portrait's attributes in clear (1067), `nil` when it is not in the library.
    public func clearAttributes(of id: PortraitID, in library: Int) async throws -> ListedPortrait? {
        let reply = try await exchange(
            .clearAttributes,
            .json(.clearAttributes) { message in
                message.field("lib_id", library)
                // The interface names the second field in two ways (M4): both are sent.
                message.field("uuid", id.text)
                message.field("img_id", id.text)
            }
        )
        if Self.missing.contains(reply.code) { return nil }
        guard reply.code == 0 else { throw refusal(of: .clearAttributes, reply) }
        if reply.data.isNothing { return nil }
        let record = reply.data["record"]
        if let records = record?.elements {
            guard let first = records.first else { return nil }
            return try listed(first, .clearAttributes, asked: id)
        }
        return try listed(record ?? reply.data, .clearAttributes, asked: id)
    }

    /// Stores one portrait with its attributes as fields (1051).
    public func store(_ portrait: OutgoingPortrait, in library: Int) async throws {
        var message = MessageWriter(.store)
        message.field("lib_id", library)
        message.field("img_id", portrait.id.text)
        message.attributes(AttributeChange(portrait.attributes), includingEmpty: false)
        message.image("img", portrait.image, fileName: "\(portrait.id.text).\(portrait.image.fileExtension)")
        _ = try await success(
            .store,
            message.finish(),
            limits: .upload(bytes: portrait.image.bytes.count, images: 1)
        )
    }

    /// Changes attributes (1033); only the fields that are given are sent.
    public func updateAttributes(of id: PortraitID, in library: Int, to change: AttributeChange) async throws {
        _ = try await success(
            .updateAttributes,
            .json(.updateAttributes) { message in
                message.field("lib_id", library)
                message.field("img_id", id.text)
                message.attributes(change, includingEmpty: true)
            }
        )
    }

    /// Deletes 1 to 50 portraits (1044); those that are not there count as deleted (interface P14).
    public func deletePortraits(_ ids: [PortraitID], in library: Int) async throws {
        precondition((1...50).contains(ids.count), "1 to 50 portraits are deleted at once")
        precondition(ids.allSatisfy { !$0.text.contains(",") }, "an id with a comma would name other portraits")
        let reply = try await exchange(
            .deletePortraits,
            .json(.deletePortraits) { message in
                message.field("lib_id", library)
                message.field("img_ids", ids.map(\.text).joined(separator: ","))
            }
        )
        guard reply.code == 0 || reply.code == -126 || reply.code == -105 else {
            throw refusal(of: .deletePortraits, reply)
        }
    }

    /// Reads a record of a listing, masked values as unknown.
    private func listed(_ record: JSONValue, _ message: Message, asked: PortraitID? = nil) throws -> ListedPortrait {
        guard let id = record["img_id"]?.text ?? asked?.text, !id.isEmpty else {
            throw malformed(message, "a record without img_id")
        }
        if let asked, asked.text != id { throw malformed(message, "another portrait than \(asked)") }
        func clear(_ key: String) -> String? {
            let text = record.text(of: key)
            return Mask.covers(text) ? nil : text
        }
        return ListedPortrait(
            id: PortraitID(asListed: id),
            imagePath: record.text(of: "img_path"),
            createTime: record.text(of: "create_time"),
            name: clear("person_name"),
            identity: clear("person_idcard"),
            gender: clear("person_gender"),
            age: clear("person_age"),
            address: clear("person_addr")
        )
    }
}

extension MessageWriter {
    /// Writes the person's fields that are given, all of them as strings.
    fileprivate mutating func attributes(_ change: AttributeChange, includingEmpty: Bool) {
        let fields = [
            ("person_name", change.name), ("person_idcard", change.identity), ("person_gender", change.gender),
            ("person_age", change.age), ("person_addr", change.address),
        ]
        for case (let name, let value?) in fields where includingEmpty || !value.isEmpty { field(name, value) }
    }
}
