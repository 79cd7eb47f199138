// SPDX-License-Identifier: Apache-2.0

/// A request body as a row of segments that stay where they are, read from front to back.
struct BodyStream {
    private let segments: [BodySegment]
    /// How many bytes there are in all.
    let count: Int
    private var segment = 0
    private var offset = 0
    /// How many bytes were read.
    private(set) var position = 0

    /// Whether every byte was read.
    var isExhausted: Bool { position == count }

    init(_ segments: [BodySegment]) {
        self.segments = segments
        count = segments.reduce(0) { $0 + $1.count }
    }

    /// Fills as much of `buffer` as there are bytes left.
    mutating func read(into buffer: UnsafeMutableRawBufferPointer) -> Int {
        var filled = 0
        while filled < buffer.count, segment < segments.count {
            let room = UnsafeMutableRawBufferPointer(rebasing: buffer[filled...])
            let length = segments[segment].write(from: offset, into: room)
            filled += length
            offset += length
            if offset == segments[segment].count {
                segment += 1
                offset = 0
            }
        }
        position += filled
        return filled
    }

    /// Goes back to the first byte.
    mutating func rewind() {
        segment = 0
        offset = 0
        position = 0
    }
}
