// SPDX-License-Identifier: Apache-2.0

/// The names in one folder, sorted by their bytes in NFC, in one block of memory: about 16 bytes a name and the
/// names themselves, so that a million of them fit.
package struct DirectoryListing {
    private struct Entry {
        var start: UInt32
        var textStart: UInt32
        var length: UInt16
        var textLength: UInt16
        var kind: EntryKind

        var nameRange: Range<Int> { Int(start)..<Int(start) + Int(length) }
        var textRange: Range<Int> { Int(textStart)..<Int(textStart) + Int(textLength) }
    }

    private var bytes: [UInt8] = []
    private var entries: [Entry] = []

    /// How many names there are.
    package var count: Int { entries.count }

    /// Adds a name as the disk spells it.
    mutating func append(name: [UInt8], kind: EntryKind, _ names: FileNames) {
        let start = UInt32(bytes.count)
        bytes += name
        var entry = Entry(
            start: start,
            textStart: start,
            length: UInt16(name.count),
            textLength: UInt16(name.count),
            kind: kind
        )
        // Most names are in NFC already and need no second spelling.
        if !name.allSatisfy({ $0 < 0x80 }) {
            let text = Array(names.text(of: name).text.utf8)
            if text != name {
                entry.textStart = UInt32(bytes.count)
                entry.textLength = UInt16(text.count)
                bytes += text
            }
        }
        entries.append(entry)
    }

    /// Puts the names in order; names that are the same in NFC keep the order of their bytes.
    mutating func sort() {
        let bytes = self.bytes
        entries.sort { left, right in
            let texts = Self.compare(bytes, left.textRange, right.textRange)
            return texts != 0 ? texts < 0 : Self.compare(bytes, left.nameRange, right.nameRange) < 0
        }
    }

    /// What the name stands for.
    package func kind(at index: Int) -> EntryKind { entries[index].kind }

    /// The name as the disk spells it.
    package func name(at index: Int) -> [UInt8] { Array(bytes[entries[index].nameRange]) }

    /// The name in NFC.
    package func text(at index: Int) -> String { String(decoding: bytes[entries[index].textRange], as: UTF8.self) }

    /// How many names before this one are the same in NFC; 0 but for the oddest folders.
    package func repetition(at index: Int) -> Int {
        var first = index
        while first > 0 && Self.compare(bytes, entries[first - 1].textRange, entries[index].textRange) == 0 {
            first -= 1
        }
        return index - first
    }

    /// The first name that is `text` in NFC.
    package func index(ofText text: String) -> Int? {
        let wanted = Array(text.utf8)
        let place = index(notBefore: wanted)
        return place < entries.count && bytes[entries[place].textRange].elementsEqual(wanted) ? place : nil
    }

    /// What a question answers first of the files whose names begin with these characters, in NFC.
    package func file<Answer>(beginningWith start: String, _ question: (String) -> Answer?) -> Answer? {
        let wanted = Array(start.utf8)
        var place = index(notBefore: wanted)
        while place < entries.count, bytes[entries[place].textRange].starts(with: wanted) {
            if entries[place].kind == .file, let answer = question(text(at: place)) { return answer }
            place += 1
        }
        return nil
    }

    /// The first place whose name does not come before some bytes.
    private func index(notBefore wanted: [UInt8]) -> Int {
        var low = 0
        var high = entries.count
        while low < high {
            let middle = (low + high) / 2
            if bytes[entries[middle].textRange].lexicographicallyPrecedes(wanted) {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    private static func compare(_ bytes: [UInt8], _ left: Range<Int>, _ right: Range<Int>) -> Int {
        var (leftIndex, rightIndex) = (left.lowerBound, right.lowerBound)
        while leftIndex < left.upperBound && rightIndex < right.upperBound {
            let difference = Int(bytes[leftIndex]) - Int(bytes[rightIndex])
            if difference != 0 { return difference }
            leftIndex += 1
            rightIndex += 1
        }
        return left.count - right.count
    }
}
