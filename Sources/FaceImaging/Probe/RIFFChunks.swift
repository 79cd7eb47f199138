// SPDX-License-Identifier: Apache-2.0

/// The chunks that follow each other in a RIFF file; the last one is cut to what is there.
struct RIFFChunks: Sequence, IteratorProtocol {
    private let view: ByteView
    private var at: Int

    /// Starts at a place, in a file behind its name and length.
    init(_ view: ByteView, from start: Int) {
        self.view = view
        at = start
    }

    mutating func next() -> (name: ByteView, body: ByteView)? {
        guard let length = view.little32(at + 4) else { return nil }
        defer { at += 8 + length + length % 2 }
        return (view.part(from: at, count: 4), view.part(from: at + 8, count: length))
    }
}
