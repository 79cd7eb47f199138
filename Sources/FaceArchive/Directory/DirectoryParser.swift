// SPDX-License-Identifier: Apache-2.0

/// Splits the bytes of a zip's directory into its records, however they are cut into pieces.
struct DirectoryParser {
    /// How many records have come out.
    private(set) var parsed = 0
    private var pending: [UInt8] = []

    /// Whether nothing of an unfinished record is waiting.
    var isBetweenRecords: Bool { pending.isEmpty }

    /// Takes the next bytes.
    ///
    /// - Returns: The records that are whole now.
    /// - Throws: As `DirectoryRecord.init`; the error names the record by its number.
    mutating func feed(_ bytes: [UInt8]) throws(ArchiveError) -> [DirectoryRecord] {
        pending += bytes
        var records: [DirectoryRecord] = []
        var place = 0
        while let length = DirectoryRecord.length(in: pending, at: place) {
            do throws(ArchiveError) {
                guard pending.uint32(at: place) == DirectoryRecord.signature else {
                    throw ArchiveError(.corrupt, "its record in the directory does not begin as one")
                }
                guard place + length <= pending.count else { break }
                records.append(try DirectoryRecord(pending, at: place))
            } catch {
                throw error.about("entry \(parsed + 1)")
            }
            parsed += 1
            place += length
        }
        pending.removeFirst(place)
        return records
    }
}
