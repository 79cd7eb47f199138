// SPDX-License-Identifier: Apache-2.0
import FaceModel
import Foundation

/// How several reasons stand in one column: a JSON array of objects, in order; NULL for none.
enum StoredReasons {
    private struct Entry: Codable {
        let reason: String
        let detail: String
        let deviceCode: Int?

        enum CodingKeys: String, CodingKey {
            case reason, detail
            case deviceCode = "device_code"
        }
    }

    /// The text of a column.
    ///
    /// - Parameter reasons: The reasons.
    /// - Returns: The text, `nil` for none.
    /// - Throws: What the encoder says.
    static func text(of reasons: [Rejection]) throws -> String? {
        if reasons.isEmpty { return nil }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let entries = reasons.map {
            Entry(reason: $0.reason.rawValue, detail: $0.detail, deviceCode: $0.deviceCode)
        }
        return String(decoding: try encoder.encode(entries), as: UTF8.self)
    }

    /// Reads the text of a column.
    ///
    /// - Parameter text: What ``text(of:)`` made.
    /// - Returns: The reasons.
    /// - Throws: ``LedgerError`` for a reason that only a newer facelib knows, and for a text that is no such array.
    static func reasons(in text: String) throws -> [Rejection] {
        let entries: [Entry]
        do {
            entries = try JSONDecoder().decode([Entry].self, from: Data(text.utf8))
        } catch {
            throw LedgerError(.unusable, "the ledger holds reasons that cannot be read: \(error)")
        }
        return try entries.map {
            Rejection(try Reason(stored: $0.reason), $0.detail, deviceCode: $0.deviceCode)
        }
    }
}

extension StoredRow {
    /// Reads a column of several reasons.
    func reasons(_ column: Int32) throws -> [Rejection] {
        try optionalText(column).map { try StoredReasons.reasons(in: $0) } ?? []
    }
}
