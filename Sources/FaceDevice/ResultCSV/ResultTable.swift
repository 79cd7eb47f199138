// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// The rows of a result CSV under one reading of its delimiter, with what their columns are for.
struct ResultTable {
    /// A row that names a portrait of the batch.
    struct Row {
        var id: PortraitID
        var code: Int?
        var message: String
    }

    /// What a column holds, by its heading.
    private enum Heading {
        case id, file, code, message
    }

    private(set) var rows: [Row] = []
    /// How many rows there are beside the heading.
    private(set) var rowCount = 0

    /// How much of the file this reading explains: rows with a code, then rows with a portrait.
    var score: (Int, Int) { (rows.count { $0.code != nil }, rows.count) }

    init(_ lines: [[String]], _ batch: BatchKeys) {
        var lines = lines
        var headings: [Int: Heading] = [:]
        if let first = lines.first, !first.contains(where: { batch.id($0) != nil || batch.file($0) != nil }) {
            headings = Self.headings(first)
            if !headings.isEmpty { lines.removeFirst() }
        }
        rowCount = lines.count
        let headed = headings.first { $0.value == .id }?.key
        let guessed = headed == nil ? Self.idColumn(lines, batch, headings) : nil
        let matched = lines.compactMap { line in
            Self.portrait(line, headed: headed, guessed: guessed, batch).map {
                (line: line, id: $0.id, keys: $0.columns)
            }
        }
        let codeColumn =
            headings.first { $0.value == .code }?.key ?? Self.codeColumn(matched.map { ($0.line, $0.keys) })
        let messageColumn = headings.first { $0.value == .message }?.key
        rows = matched.map { line, id, keys in
            let code = codeColumn.flatMap { $0 < line.count ? Self.code(line[$0]) : nil } ?? Self.looseCode(line, keys)
            let others = line.indices.filter { !keys.contains($0) && $0 != codeColumn }
            let message =
                messageColumn.flatMap { $0 < line.count ? line[$0] : nil }
                ?? others.map { line[$0] }.max { $0.count < $1.count } ?? ""
            return Row(id: id, code: code, message: message)
        }
    }

    // MARK: Columns

    private static let words: [(Heading, Set<String>)] = [
        (.id, ["imgid", "imageid", "id", "portraitid", "图片id", "编号", "人像id"]),
        (.file, ["filename", "file", "img", "image", "imgname", "picture", "图片", "文件名", "图片名称"]),
        (
            .code,
            ["code", "ret", "retcode", "result", "err", "errcode", "errorcode", "errno", "status", "错误码", "结果", "状态"]
        ),
        (
            .message,
            ["msg", "message", "reason", "desc", "description", "error", "errmsg", "info", "detail", "原因", "描述"]
        ),
    ]

    private static func headings(_ line: [String]) -> [Int: Heading] {
        var headings: [Int: Heading] = [:]
        for (column, cell) in line.enumerated() {
            let word = cell.lowercased().filter { $0 != "_" && $0 != "-" && $0 != " " }
            if let heading = words.first(where: { $0.1.contains(word) })?.0 { headings[column] = heading }
        }
        return headings
    }

    /// The column in which most cells are ids of the batch: an id may look like a number elsewhere in the row.
    private static func idColumn(_ lines: [[String]], _ batch: BatchKeys, _ headings: [Int: Heading]) -> Int? {
        var counts: [Int: Int] = [:]
        for line in lines {
            for (column, cell) in line.enumerated() where headings[column] != .code && batch.id(cell) != nil {
                counts[column, default: 0] += 1
            }
        }
        return counts.max { ($0.value, $1.key) < ($1.value, $0.key) }?.key
    }

    /// The portrait that a line names, and the columns that name it: the column headed so, a file name, the
    /// column of ids.
    private static func portrait(
        _ line: [String],
        headed: Int?,
        guessed: Int?,
        _ batch: BatchKeys
    ) -> (id: PortraitID, columns: Set<Int>)? {
        let files = line.indices.filter { batch.file(line[$0]) != nil }
        if let headed, headed < line.count, let id = batch.id(line[headed]) {
            return (id, Set(files).union([headed]))
        }
        if let column = files.first, let id = batch.file(line[column]) {
            return (id, Set(line.indices.filter { files.contains($0) || line[$0] == id.text }))
        }
        if let guessed, guessed < line.count, let id = batch.id(line[guessed]) { return (id, [guessed]) }
        // A comma within a file name has moved the columns of this line.
        guard let column = line.indices.first(where: { batch.id(line[$0]) != nil && Int(line[$0]) == nil }) else {
            return nil
        }
        return batch.id(line[column]).map { ($0, [column]) }
    }

    /// The column of whole numbers, none above 0, and best with one below.
    private static func codeColumn(_ lines: [(cells: [String], keys: Set<Int>)]) -> Int? {
        let width = lines.map(\.cells.count).max() ?? 0
        var zeros: Int?
        for column in 0..<width where !lines.contains(where: { $0.keys.contains(column) }) {
            let cells = lines.compactMap { column < $0.cells.count ? $0.cells[column] : nil }.filter { !$0.isEmpty }
            let codes = cells.compactMap(code)
            guard !codes.isEmpty, codes.count == cells.count, codes.allSatisfy({ $0 <= 0 }) else { continue }
            if codes.contains(where: { $0 < 0 }) { return column }
            zeros = zeros ?? column
        }
        return zeros
    }

    // MARK: Cells

    /// A code as a number or as one of the words for yes and no.
    private static func code(_ cell: String) -> Int? {
        if let code = Int(cell) { return code }
        switch cell.lowercased() {
        case "ok", "success", "succeeded", "成功": return 0
        case "fail", "failed", "failure", "失败": return -1
        default: return nil
        }
    }

    /// A negative number anywhere else in a line whose columns have moved.
    private static func looseCode(_ line: [String], _ keys: Set<Int>) -> Int? {
        line.indices.lazy.filter { !keys.contains($0) }.compactMap { Int(line[$0]) }.first { $0 < 0 }
    }
}
