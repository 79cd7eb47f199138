// SPDX-License-Identifier: Apache-2.0

/// The name of an entry, decoded and found safe.
enum EntryName {
    /// The longest name in UTF-8.
    static let longest = 1024

    /// What a name stands for.
    enum Kind: Hashable {
        case file(String)
        case folder
    }

    /// Decodes a name: UTF-8 by its flag or by Info-ZIP's field, else as the archive's encoding says.
    ///
    /// - Parameters:
    ///   - raw: The bytes of the name.
    ///   - flags: The flags of the record.
    ///   - extra: The extra fields of the record.
    ///   - isWindows: Whether Windows or MS-DOS wrote it, where `\` stands between folders and never in a name.
    ///   - encoding: What is in no Unicode.
    /// - Returns: The name with `/` between folders; `checked(_:)` says whether it is safe.
    /// - Throws: `unsafeName` when the bytes are no text, `corrupt` for broken extra fields.
    static func decoded(
        _ raw: [UInt8],
        flags: UInt16,
        extra: [UInt8],
        isWindows: Bool,
        _ encoding: NameEncoding
    ) throws(ArchiveError) -> String {
        let text: String?
        if flags & 0x800 != 0 {
            text = String(validating: raw, as: UTF8.self)
        } else if let name = try unicodePath(of: raw, extra: extra) {
            text = name
        } else {
            text = isASCII(raw) ? String(validating: raw, as: UTF8.self) : encoding.text(raw)
        }
        guard let text else {
            throw ArchiveError(.unsafeName, "its name is not text in \(flags & 0x800 != 0 ? "UTF-8" : encoding.title)")
        }
        guard isWindows, text.unicodeScalars.contains("\\"), !text.unicodeScalars.contains("/") else { return text }
        return String(String.UnicodeScalarView(text.unicodeScalars.map { $0 == "\\" ? "/" : $0 }))
    }

    /// Whether nothing says what the bytes of a name are.
    static func isUnmarked(_ record: DirectoryRecord) throws(ArchiveError) -> Bool {
        guard record.flags & 0x800 == 0, !isASCII(record.name) else { return false }
        return try unicodePath(of: record.name, extra: record.extra) == nil
    }

    private static func isASCII(_ raw: [UInt8]) -> Bool { raw.allSatisfy { $0 < 0x80 } }

    /// Info-ZIP's Unicode name, when it was written for this very name.
    private static func unicodePath(of raw: [UInt8], extra: [UInt8]) throws(ArchiveError) -> String? {
        guard !extra.isEmpty, let field = try ExtraFields(extra)[ExtraFields.unicodePath] else { return nil }
        let body = Array(field)
        guard body.count > 5, body[0] == 1, body.uint32(at: 1) == CRC32.checksum(of: raw) else { return nil }
        return String(validating: body[5...], as: UTF8.self)
    }

    /// Finds a name safe, and drops the parts `.` of it, which say nothing.
    ///
    /// - Throws: `unsafeName`, with the reason.
    static func checked(_ name: String) throws(ArchiveError) -> Kind {
        let scalars = name.unicodeScalars
        guard name.utf8.count <= longest else { throw refusal("is longer than \(longest) bytes") }
        guard !scalars.contains(where: { $0.value < 0x20 || (0x7f...0x9f).contains($0.value) }) else {
            throw refusal("holds control characters")
        }
        guard !scalars.contains("\\") else { throw refusal("holds a backslash") }
        guard scalars.first != "/" else { throw refusal("is absolute") }
        guard !hasDrive(name) else { throw refusal("begins with a drive") }
        var parts = name.split(separator: "/" as Unicode.Scalar, omittingEmptySubsequences: false)
        let isFolder = parts.count > 1 && parts.last?.isEmpty == true
        if isFolder { parts.removeLast() }
        guard !parts.contains("..") else { throw refusal("leads out of its folder") }
        guard !parts.contains(where: \.isEmpty) else { throw refusal("has an empty part") }
        if isFolder { return .folder }
        guard parts.last != "." else { throw refusal("is no name of a file") }
        guard parts.contains(".") else { return .file(name) }
        return .file(parts.filter { $0 != "." }.joined(separator: "/"))
    }

    private static func hasDrive(_ name: String) -> Bool {
        let start = Array(name.utf8.prefix(2))
        guard start.count == 2, start[1] == UInt8(ascii: ":") else { return false }
        return (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(start[0] | 0x20)
    }

    private static func refusal(_ reason: String) -> ArchiveError {
        ArchiveError(.unsafeName, "its name \(reason)")
    }
}

extension String {
    /// Splits by a scalar: a slash with a combining mark is one character, and still a slash to the system.
    fileprivate func split(separator: Unicode.Scalar, omittingEmptySubsequences: Bool) -> [String] {
        unicodeScalars.split(separator: separator, omittingEmptySubsequences: omittingEmptySubsequences)
            .map { String($0) }
    }
}
