// SPDX-License-Identifier: Apache-2.0
import GRDBSQLite

/// A value that can stand for a parameter of a statement, or for several in a row.
protocol StoredValue {
    /// Takes the next place, or the next places, in a statement.
    func stand(in places: inout StatementPlaces)
}

/// The parameters of a statement while they get their values, in order.
struct StatementPlaces {
    private let statement: OpaquePointer
    private var taken: Int32 = 0
    /// The first failure, `SQLITE_OK` without one.
    private(set) var result = SQLITE_OK

    init(_ statement: OpaquePointer) { self.statement = statement }

    /// Whether no parameter is left without a value.
    var areAllTaken: Bool { taken == sqlite3_bind_parameter_count(statement) }

    mutating func takeNull() { take { sqlite3_bind_null($0, $1) } }

    mutating func take(_ number: Int64) { take { sqlite3_bind_int64($0, $1, number) } }

    mutating func take(_ number: Double) { take { sqlite3_bind_double($0, $1, number) } }

    mutating func take(_ text: String) {
        var text = text
        text.withUTF8 { bytes in
            take { statement, place in
                bytes.withMemoryRebound(to: CChar.self) { characters in
                    // Without an address it would be NULL.
                    guard let start = characters.baseAddress else {
                        return sqlite3_bind_text(statement, place, "", 0, Self.copied)
                    }
                    return sqlite3_bind_text(statement, place, start, Int32(characters.count), Self.copied)
                }
            }
        }
    }

    mutating func take(_ bytes: UnsafeRawBufferPointer) {
        take { statement, place in
            guard let start = bytes.baseAddress else { return sqlite3_bind_zeroblob(statement, place, 0) }
            return sqlite3_bind_blob(statement, place, start, Int32(bytes.count), Self.copied)
        }
    }

    private mutating func take(_ bind: (OpaquePointer, Int32) -> Int32) {
        taken += 1
        let code = bind(statement, taken)
        if result == SQLITE_OK { result = code }
    }

    /// Tells SQLite to copy what it is given: a number that the C header has in place of a function's address.
    private static var copied: sqlite3_destructor_type { unsafeBitCast(-1, to: sqlite3_destructor_type.self) }
}
