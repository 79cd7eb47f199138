// SPDX-License-Identifier: Apache-2.0

/// A box of the ISO container (ISO/IEC 14496-12): where it stands, and where its content does.
struct ISOBox {
    /// From its length to its end.
    var place: Range<Int>
    /// Its content, behind length and type.
    var content: Range<Int>

    /// Whether it is of a type, of four letters.
    func isType(_ type: String, in view: ByteView) -> Bool { view.hasText(type, at: place.lowerBound + 4) }
}

/// The boxes that follow each other in a part of a file.
struct ISOBoxes: Sequence, IteratorProtocol {
    private let view: ByteView
    private var at: Int
    private let end: Int
    /// Whether the boxes seen so far do not fill their place: one ends outside of it.
    private(set) var isCut = false

    /// Starts at the first box.
    ///
    /// - Parameters:
    ///   - view: The file.
    ///   - place: Where the boxes stand in it, or nil for the whole file.
    init(_ view: ByteView, in place: Range<Int>? = nil) {
        self.view = view
        at = place?.lowerBound ?? 0
        end = Swift.min(place?.upperBound ?? view.count, view.count)
    }

    mutating func next() -> ISOBox? {
        guard !isCut, at < end else { return nil }
        guard var length = view.big32(at), view.big32(at + 4) != nil else {
            isCut = true
            return nil
        }
        var header = 8
        if length == 1, let high = view.big32(at + 8), let low = view.big32(at + 12) {
            length = high < 1 << 30 ? high << 32 | low : .max
            header = 16
        } else if length == 0 {
            length = end - at
        }
        guard length >= header, length <= end - at else {
            isCut = true
            return nil
        }
        defer { at += length }
        return ISOBox(place: at..<at + length, content: at + header..<at + length)
    }
}
