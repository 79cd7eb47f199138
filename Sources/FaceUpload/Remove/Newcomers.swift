// SPDX-License-Identifier: Apache-2.0
package import FaceLedger
package import FaceModel
import FaceSources

/// The rows of a source that the destination does not have as they are: under another name, or not at all.
///
/// A leaver that looks like one of them is most likely the same person, whose img_id was damaged: a spreadsheet took its
/// zeros, a row was shifted, a file renamed. In memory are two numbers a row that is new.
package struct Newcomers: Sendable {
    private var names: Set<Int> = []
    private var ids: Set<Int> = []

    package init(names: Set<Int> = [], ids: Set<Int> = []) {
        self.names = names
        self.ids = ids
    }

    /// Whether there are none.
    var isEmpty: Bool { names.isEmpty && ids.isEmpty }

    /// Notes those of some portraits of the source that are new.
    ///
    /// - Parameters:
    ///   - portraits: Ids and names.
    ///   - listed: What the destination has under these ids.
    package mutating func note(
        _ portraits: [(id: PortraitID, name: String)],
        besides listed: [PortraitID: ListingEntry]
    ) {
        for (id, name) in portraits {
            let entry = listed[id]
            if !name.isEmpty, entry?.name != name { names.insert(name.hashValue) }
            if entry == nil { ids.insert(Self.plain(id).hashValue) }
        }
    }

    /// Whether a leaver's img_id is that of a new row, but for capitals and zeros.
    func hasNearlySameID(_ leaver: ListingEntry) -> Bool { ids.contains(Self.plain(leaver.imgID).hashValue) }

    /// Whether a leaver has the name of a new row.
    ///
    /// An id that was made from a photo changes with the photo, so that the same person stands there anew: that is no
    /// likeness.
    func hasSameName(as leaver: ListingEntry) -> Bool {
        guard let name = leaver.name, !name.isEmpty else { return false }
        return names.contains(name.hashValue) && !PortraitID.looksDerived(leaver.imgID.text)
    }

    /// An id without what people and spreadsheets lose of one: capitals, and zeros before a number.
    private static func plain(_ id: PortraitID) -> String {
        var plain: [UInt8] = []
        for byte in id.text.lowercased().utf8 {
            let isAfterZero = plain.last == UInt8(ascii: "0") && !isDigit(plain.dropLast().last)
            if isAfterZero, isDigit(byte) { plain.removeLast() }
            plain.append(byte)
        }
        return String(decoding: plain, as: UTF8.self)
    }

    private static func isDigit(_ byte: UInt8?) -> Bool {
        byte.map { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } ?? false
    }
}

extension NewRow {
    /// The row's img_id where it is one.
    package var id: PortraitID? { try? PortraitID(imgID) }
}
