// SPDX-License-Identifier: Apache-2.0

/// Reads a multipart/form-data body piece by piece (RFC 7578), doing no input or output itself.
///
/// Feed it the body in pieces of any size; it gives back what happened. It holds at most a piece, a header
/// block and a delimiter, whatever the size of the files in the body.
struct MultipartParser {
    /// Something that happened in the body.
    enum Event: Equatable {
        case partBegan(MultipartHeaders)
        case body(ArraySlice<UInt8>)
        case partEnded
    }

    /// The body is not a form.
    struct Malformed: Error, Equatable {}

    private enum State { case preamble, delimiterTail, headers, body, epilogue }

    private static let headerLimit = 16 * 1024
    private static let lineEnd: [UInt8] = [0x0D, 0x0A]
    private static let headerEnd: [UInt8] = [0x0D, 0x0A, 0x0D, 0x0A]

    private let delimiter: [UInt8]
    private var state = State.preamble
    /// The first delimiter may stand at the very start, so a line end is put before the body.
    private var pending = Self.lineEnd
    /// How much of the pending bytes is done with.
    private var done = 0

    init(boundary: String) {
        delimiter = Self.headerEnd.prefix(2) + Array("--\(boundary)".utf8)
    }

    /// Takes the next piece of the body.
    ///
    /// - Parameter bytes: The piece, of any size.
    /// - Returns: What happened in it, in order.
    /// - Throws: ``Malformed``.
    mutating func feed(_ bytes: some Collection<UInt8>) throws(Malformed) -> [Event] {
        guard state != .epilogue else { return [] }
        pending.removeFirst(done)
        done = 0
        pending.append(contentsOf: bytes)
        var events: [Event] = []
        while try step(&events) {}
        return events
    }

    /// Says that the body is over.
    ///
    /// - Throws: ``Malformed`` when the closing delimiter did not come.
    func finish() throws(Malformed) {
        guard state == .epilogue else { throw Malformed() }
    }

    /// Does the next thing that the pending bytes allow; `false` when more bytes are needed.
    private mutating func step(_ events: inout [Event]) throws(Malformed) -> Bool {
        switch state {
        case .preamble: return skipPreamble()
        case .delimiterTail: return try readDelimiterTail()
        case .headers: return try readHeaders(&events)
        case .body: return readBody(&events)
        case .epilogue: return false
        }
    }

    private mutating func skipPreamble() -> Bool {
        guard let found = ByteSearch.first(delimiter, in: pending, from: done) else {
            done = max(done, pending.count - delimiter.count + 1)
            return false
        }
        done = found + delimiter.count
        state = .delimiterTail
        return true
    }

    /// Reads what follows a delimiter: `--` ends the form; blanks and a line end begin a part.
    ///
    /// The line end is kept, so that a part without headers still shows an empty line.
    private mutating func readDelimiterTail() throws(Malformed) -> Bool {
        let rest = pending[done...]
        guard rest.count >= 2 else { return false }
        if rest.starts(with: [0x2D, 0x2D]) {
            state = .epilogue
            return false
        }
        let blanks = rest.prefix { $0 == 0x20 || $0 == 0x09 }.count
        guard rest.count >= blanks + 2 else { return try wait(limit: Self.headerLimit) }
        guard rest.dropFirst(blanks).starts(with: Self.lineEnd) else { throw Malformed() }
        done += blanks
        state = .headers
        return true
    }

    private mutating func readHeaders(_ events: inout [Event]) throws(Malformed) -> Bool {
        guard let end = ByteSearch.first(Self.headerEnd, in: pending, from: done) else {
            return try wait(limit: Self.headerLimit)
        }
        guard end - done <= Self.headerLimit, let headers = MultipartHeaders(Array(pending[done..<end])) else {
            throw Malformed()
        }
        events.append(.partBegan(headers))
        // The second line end stays: the delimiter of an empty part begins with it.
        done = end + 2
        state = .body
        bodyHasLineEnd = true
        return true
    }

    /// Whether the line end that closes the headers still stands before the body.
    private var bodyHasLineEnd = false

    private mutating func readBody(_ events: inout [Event]) -> Bool {
        if let found = ByteSearch.first(delimiter, in: pending, from: done) {
            emit(upTo: found, &events)
            events.append(.partEnded)
            done = found + delimiter.count
            state = .delimiterTail
            return true
        }
        emit(upTo: pending.count - delimiter.count + 1, &events)
        return false
    }

    /// Gives out the body's bytes before `end`, as a part of the pending ones.
    private mutating func emit(upTo end: Int, _ events: inout [Event]) {
        guard end > done else { return }
        let start = done + (bodyHasLineEnd ? 2 : 0)
        if end < start { return }
        bodyHasLineEnd = false
        if end > start { events.append(.body(pending[start..<end])) }
        done = end
    }

    private func wait(limit: Int) throws(Malformed) -> Bool {
        guard pending.count - done <= limit else { throw Malformed() }
        return false
    }
}
