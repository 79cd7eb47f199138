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
