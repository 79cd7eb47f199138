// SPDX-License-Identifier: Apache-2.0
import FaceDevice

/// Gives every record of a listing a key of its own and tells records that a device lists twice.
///
/// A capture that matched several portraits is listed once for each of them; only what is the same in every
/// field is the same record. About 32 bytes a record are remembered.
struct RecordNumbering {
    private var seen: Set<Int> = []
    private var numbers: [String: Int] = [:]

    /// The key of a record, `nil` when the very same was there already.
    mutating func key(of record: DeviceRecord) -> String? {
        guard seen.insert(record.hashValue).inserted else { return nil }
        if !record.id.isEmpty, take(record.id) { return record.id }
        let stem = record.id.isEmpty ? "record" : record.id
        var number = numbers[stem] ?? (record.id.isEmpty ? 0 : 1)
        repeat { number += 1 } while !take("\(stem)#\(number)")
        numbers[stem] = number
        return "\(stem)#\(number)"
    }

    private mutating func take(_ key: String) -> Bool {
        var hasher = Hasher()
        hasher.combine("key")
        hasher.combine(key)
        return seen.insert(hasher.finalize()).inserted
    }
}
