// SPDX-License-Identifier: Apache-2.0

import FaceModel

/// The index of a HEIF file (ISO/IEC 23008-12): which items it holds, which is the picture, how they refer to each other.
///
/// Decoding is libheif's; this is read to name what it cannot decode, and to mend what older versions stumble over.
struct HEIFContainer {
    /// One reference, from an item to others.
    struct Reference {
        var type: [UInt8]
        var from: Int
        var targets: [Int]

        func isType(_ name: String) -> Bool { type.elementsEqual(name.utf8) }
    }

    let view: ByteView
    /// The box `meta`, its last one where there are several.
    private(set) var meta: ISOBox?
    /// The boxes within it, behind its version.
    private(set) var parts: [ISOBox] = []
    /// Whether all boxes of the file are as long as they say.
    private(set) var isWhole = true
    /// Whether there is a film or a sequence of pictures.
    private(set) var hasMovie = false
    /// The last box of the file.
    private(set) var last: ISOBox?
    /// The item that is the picture.
    private(set) var primary: Int?
    /// The type of each item, in four letters.
    private(set) var items: [Int: String] = [:]
    private(set) var references: [Reference] = []
    /// Whether references give items in 32 bits.
    private(set) var hasLongReferences = false

    init(_ view: ByteView) {
        self.view = view
        var boxes = ISOBoxes(view)
        while let box = boxes.next() {
            last = box
            if box.isType("meta", in: view) { meta = box }
            hasMovie = hasMovie || box.isType("moov", in: view)
        }
        isWhole = !boxes.isCut
        guard let meta, meta.content.count >= 4 else { return }
        var inner = ISOBoxes(view, in: meta.content.lowerBound + 4..<meta.content.upperBound)
        while let box = inner.next() { parts.append(box) }
        isWhole = isWhole && !inner.isCut
        for box in parts where box.content.count >= 4 { read(box) }
    }

    private mutating func read(_ box: ISOBox) {
        let start = box.content.lowerBound
        let version = view[start] ?? 0
        if box.isType("pitm", in: view) {
            primary = version == 0 ? view.big16(start + 4) : view.big32(start + 4)
        } else if box.isType("iinf", in: view) {
            readItems(start + (version == 0 ? 6 : 8), box.content.upperBound)
        } else if box.isType("iref", in: view) {
            hasLongReferences = version > 0
            readReferences(start + 4, box.content.upperBound)
        }
    }

    private mutating func readItems(_ start: Int, _ end: Int) {
        guard start <= end else { return }
        for entry in ISOBoxes(view, in: start..<end) where entry.isType("infe", in: view) {
            let at = entry.content.lowerBound
            let isLong = (view[at] ?? 0) >= 3
            guard let id = isLong ? view.big32(at + 4) : view.big16(at + 4) else { continue }
            let type = view.part(from: at + (isLong ? 10 : 8), count: 4)
            items[id] = String(decoding: type.base, as: UTF8.self)
        }
    }

    private mutating func readReferences(_ start: Int, _ end: Int) {
        guard start <= end else { return }
        let width = hasLongReferences ? 4 : 2
        func id(_ at: Int) -> Int? { hasLongReferences ? view.big32(at) : view.big16(at) }
        for box in ISOBoxes(view, in: start..<end) {
            let at = box.content.lowerBound
            guard let from = id(at), let count = view.big16(at + width) else { continue }
            let first = at + width + 2
            guard first + count * width <= box.content.upperBound else { continue }
            let targets = (0..<count).compactMap { id(first + $0 * width) }
            let type = view.part(from: box.place.lowerBound + 4, count: 4)
            references.append(Reference(type: Array(type.base), from: from, targets: targets))
        }
    }

    /// The coding of the picture: of the first tile where it is made up of tiles.
    var coding: String? {
        var item = primary
        for _ in 0..<4 {
            guard let id = item, let type = items[id] else { return nil }
            guard ["grid", "iden", "iovl"].contains(type) else { return type }
            item = references.first { $0.from == id && $0.isType("dimg") }?.targets.first
        }
        return nil
    }
}
