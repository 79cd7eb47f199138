// SPDX-License-Identifier: Apache-2.0
import GRDB
import GRDBSQLite

/// A statement that runs for rows by the thousand.
///
/// Connections, transactions and the statement itself are GRDB's. Values go to SQLite and come from it by its own
/// functions, where GRDB would put each into a box and each row into an array (docs/decisions/0023-row-statements.md).
struct RowStatement {
    private let statement: Statement
    private var handle: OpaquePointer { statement.sqliteStatement }

    /// Takes a statement from the connection's store of them; at the first use it is made.
    init(_ database: Database, _ sql: String) throws {
        statement = try database.cachedStatement(sql: sql)
    }

    /// Runs it for what it does.
    ///
    /// - Parameter values: What stands for its parameters, in order.
    /// - Returns: How many rows it changed.
    /// - Throws: What SQLite says.
    @discardableResult
    func run<each Value: StoredValue>(_ values: repeat each Value) throws -> Int {
        try scan(repeat each values) { _ in true }
        return Int(sqlite3_changes(sqlite3_db_handle(handle)))
    }

    /// Reads all rows it finds.
    ///
    /// - Parameters:
    ///   - values: What stands for its parameters, in order.
    ///   - read: Makes something of a row.
    /// - Returns: What was made of the rows, in order.
    /// - Throws: What SQLite says, and what `read` throws.
    func all<each Value: StoredValue, Element>(
        _ values: repeat each Value,
        read: (StoredRow) throws -> Element
    ) throws -> [Element] {
        var elements: [Element] = []
        try scan(repeat each values) { row in
            elements.append(try read(row))
            return true
        }
        return elements
    }

    /// Reads the first row it finds.
    ///
    /// - Parameters:
    ///   - values: What stands for its parameters, in order.
    ///   - read: Makes something of the row.
    /// - Returns: What was made of it, `nil` when there is none.
    /// - Throws: What SQLite says, and what `read` throws.
    func first<each Value: StoredValue, Element>(
        _ values: repeat each Value,
        read: (StoredRow) throws -> Element
    ) throws -> Element? {
        var element: Element?
        try scan(repeat each values) { row in
            element = try read(row)
            return false
        }
        return element
    }

    /// Goes through the rows it finds.
    ///
    /// - Parameters:
    ///   - values: What stands for its parameters, in order.
    ///   - body: Takes a row, which is gone afterwards; says whether to go on.
    /// - Throws: What SQLite says, and what `body` throws.
    func scan<each Value: StoredValue>(
        _ values: repeat each Value,
        body: (StoredRow) throws -> Bool
    ) throws {
        let handle = handle
        // Whatever happens, the statement must be ready for its next use; what reset returns has been said by then.
        defer { sqlite3_reset(handle) }
        var places = StatementPlaces(handle)
        repeat (each values).stand(in: &places)
        try check(places.result)
        precondition(places.areAllTaken, "every parameter of a statement has its value")
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW: if try !body(StoredRow(handle)) { return }
            case SQLITE_DONE: return
            case let code: try check(code)
            }
        }
    }

    private func check(_ code: Int32) throws {
        guard code != SQLITE_OK else { return }
        // Only a cancelled read is ever interrupted.
        if code == SQLITE_INTERRUPT { throw CancellationError() }
        throw DatabaseError(
            resultCode: ResultCode(rawValue: code),
            message: String(cString: sqlite3_errmsg(sqlite3_db_handle(handle)))
        )
    }
}

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

/// A row that a statement stands at; it goes with the statement's next step.
struct StoredRow {
    private let statement: OpaquePointer

    fileprivate init(_ statement: OpaquePointer) { self.statement = statement }

    func isNull(_ column: Int32) -> Bool { sqlite3_column_type(statement, column) == SQLITE_NULL }

    func int64(_ column: Int32) -> Int64 { sqlite3_column_int64(statement, column) }

    func int(_ column: Int32) -> Int { Int(int64(column)) }

    func bool(_ column: Int32) -> Bool { int64(column) != 0 }

    func double(_ column: Int32) -> Double { sqlite3_column_double(statement, column) }

    func optionalInt(_ column: Int32) -> Int? { isNull(column) ? nil : int(column) }

    func optionalText(_ column: Int32) -> String? { isNull(column) ? nil : text(column) }

    func text(_ column: Int32) -> String {
        // The text first: asking for it may change its length.
        guard let start = sqlite3_column_text(statement, column) else { return "" }
        let count = Int(sqlite3_column_bytes(statement, column))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// The bytes of a column, where they lie until the next step.
    func bytes(_ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(statement, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(statement, column)))
    }
}
