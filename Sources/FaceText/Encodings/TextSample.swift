// SPDX-License-Identifier: Apache-2.0

/// The words of a text that hold bytes beyond ASCII: as many as it takes to tell an encoding.
package struct TextSample {
    /// How many words are kept, and how many more that hold a byte not seen before.
    private static let enough = 512
    private static let more = 128
    /// A longer one is no word.
    private static let longest = 4096

    private var word: [UInt8] = []
    private var isMarked = false
    private var seen: Set<[UInt8]> = []
    private var bytesSeen = Set<UInt8>()
    private var kept: [[UInt8]] = []

    package init() {}

    /// The words in the order in which they came first.
    package var words: [[UInt8]] {
        guard isMarked, word.count <= Self.longest, !seen.contains(word) else { return kept }
        return kept + [word]
    }

    /// Takes the next byte.
    package mutating func feed(_ byte: UInt8) {
        // In none of the encodings is one of these the second byte of a character.
        if byte < 0x30 || (0x3A...0x3F).contains(byte) { return endWord() }
        if byte >= 0x80 { isMarked = true }
        if word.count <= Self.longest { word.append(byte) }
    }

    private mutating func endWord() {
        defer {
            word.removeAll(keepingCapacity: true)
            isMarked = false
        }
        guard isMarked, word.count <= Self.longest, kept.count < Self.enough + Self.more else { return }
        let isNew = word.contains { $0 >= 0x80 && !bytesSeen.contains($0) }
        guard isNew || kept.count < Self.enough, seen.insert(word).inserted else { return }
        bytesSeen.formUnion(word)
        kept.append(word)
    }
}
