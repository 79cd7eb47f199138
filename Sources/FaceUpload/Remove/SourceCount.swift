// SPDX-License-Identifier: Apache-2.0
package import FaceLedger
import FaceModel
package import FaceSources

extension LeaverGuard {
    /// What a walk through the source found.
    package struct SourceCount: Sendable {
        /// How many rows it has.
        ///
        /// A photo that no row of a table names is none: rows alone tell who is there.
        package var rows = 0
        /// Rows whose img_id could not be read: a portrait on the device may be theirs.
        var unidentified = NameSample()
        /// Rows whose photo is not on the disk or cannot be read, and folders that cannot: the source is not at hand as a whole.
        var unread = NameSample()
        /// Rows whose img_id another row has for another person, so that one of the two has lost its own.
        package var shared = NameSample()
        /// Why there may be portraits that a device did not list, `nil` for none.
        package var doubt: String?
        /// Why there may be photos that were not found, `nil` for none.
        package var gap: String?

        package init(rows: Int = 0, doubt: String? = nil) {
            self.rows = rows
            self.doubt = doubt
        }

        /// Counts a row.
        package mutating func take(_ row: NewRow) {
            let reasons = row.reasons
            if reasons.contains(.sourceMissingRow) { return }
            if reasons.contains(.sourceUnreadable) {
                unread.add(row.source)
            } else if row.id == nil || reasons.contains(.nameSeparator) {
                // The values of a row with a separator too many stand in the wrong columns, its img_id too.
                unidentified.add(row.place)
            }
            rows += 1
        }

        /// Why nobody can tell who left, `nil` where the rows do.
        var obstacle: String? {
            if let gap { return gap }
            if unread.count > 0 {
                return
                    "\(unread.counted("photo or folder", "photos or folders")) cannot be read or \(unread.count == 1 ? "is" : "are") not on this disk (\(unread.list))"
            }
            if unidentified.count > 0 {
                return "\(unidentified.counted("row has", "rows have")) no readable img_id (\(unidentified.list))"
            }
            if shared.count > 0 {
                return "\(shared.counted("row has", "rows have")) the img_id of another person (\(shared.list))"
            }
            return nil
        }
    }
}

/// The names under which img_ids were seen, to find rows that have another person's.
///
/// Two numbers for each.
package struct NamesByID {
    private var names: [Int: Int] = [:]

    package init() {}

    /// Notes a row, and says whether an earlier one has its img_id and is, or may be, another person.
    package mutating func isShared(_ row: NewRow) -> Bool {
        guard let id = row.id else { return false }
        guard let earlier = names.updateValue(row.name.hashValue, forKey: id.hashValue) else { return false }
        return row.name.isEmpty || row.name.hashValue != earlier
    }
}

extension NewRow {
    /// All that is known against it.
    fileprivate var reasons: [Reason] { ([rejection].compactMap(\.self) + further).map(\.reason) }

    /// Where the row stands, for a sentence.
    fileprivate var place: String { line.map { "\(source), line \($0)" } ?? source }
}
