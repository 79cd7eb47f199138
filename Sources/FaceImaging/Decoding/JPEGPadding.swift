// SPDX-License-Identifier: Apache-2.0

/// What the writer of a JPEG file has put between the data of the picture and the markers in it.
///
/// What is left over of a picture whose bits have shifted is as varied as the picture. Padding is all alike, or the same
/// before every restart marker.
struct JPEGPadding {
    /// Longer padding of varied bytes before each marker is not looked for.
    private static let longestHabit = 64
    /// How far the data itself may end in the byte that follows it.
    private static let slack = 16

    private let view: ByteView
    /// The restart markers.
    private let restarts: [Int]
    /// How many bytes are the same before every restart marker.
    private let habit: Int

    init(_ view: ByteView) {
        self.view = view
        var marks: [Int] = []
        var at = 0
        while let mark = view.nextFF(from: at) {
            if let code = view[mark + 1], (0xD0...0xD7).contains(code) { marks.append(mark) }
            at = mark + 1
        }
        restarts = marks
        // Two or three markers may have the same byte before them by chance.
        let longest = marks.count < 4 ? 0 : Self.longestHabit
        habit =
            (0..<longest).first { back in marks.contains { view[$0 - 1 - back] != view[marks[0] - 1 - back] } }
            ?? longest
    }

    /// Whether bytes that were passed over are padding.
    ///
    /// A hole of zeroes may leave zeroes over too, but begins well before: pixels were decoded from it.
    ///
    /// - Parameters:
    ///   - count: How many bytes.
    ///   - mark: The marker that they stand before.
    ///   - readAhead: How many of the bytes before an earlier marker may be among them.
    ///   - last: Up to where bytes have been explained.
    /// - Returns: Whether no more bytes were passed over than the writer has put in.
    func explains(_ count: Int, before mark: Int, readAhead: Int, since last: Int) -> Bool {
        guard let byte = view[mark - 1] else { return false }
        let own = run(of: byte, before: mark, most: count + Self.slack + 1)
        guard own <= count + Self.slack else { return false }
        var explained = max(own, restarts.isEmpty ? 0 : hasHabit(mark) ? habit : 0)
        for earlier in restarts where earlier > last && earlier < mark {
            explained += min(readAhead, max(habit, run(of: byte, before: earlier, most: readAhead)))
        }
        return count <= explained
    }

    private func hasHabit(_ mark: Int) -> Bool {
        (0..<habit).allSatisfy { view[mark - 1 - $0] == view[restarts[0] - 1 - $0] }
    }

    /// How often a byte stands before a marker, as far as it matters.
    private func run(of byte: Int, before mark: Int, most: Int) -> Int {
        (0..<most).first { view[mark - 1 - $0] != byte } ?? most
    }
}
