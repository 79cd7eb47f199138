// SPDX-License-Identifier: Apache-2.0

/// What marks and zero bytes say of a text: UTF-16 or UTF-32 where they say anything.
struct UnicodeEvidence {
    private var head: [UInt8] = []
    private var count = 0
    /// Zero bytes by their place in groups of four.
    private var zeros = [0, 0, 0, 0]

    mutating func feed(_ byte: UInt8) {
        if head.count < 4 { head.append(byte) }
        if byte == 0 { zeros[count & 3] += 1 }
        count += 1
    }

    /// What a byte order mark at the beginning says.
    var marked: DetectedEncoding? {
        let marks: [(bytes: [UInt8], encoding: TextEncoding)] = [
            ([0xFF, 0xFE, 0, 0], .utf32LittleEndian), ([0, 0, 0xFE, 0xFF], .utf32BigEndian),
            ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE], .utf16LittleEndian), ([0xFE, 0xFF], .utf16BigEndian),
        ]
        return marks.first { head.starts(with: $0.bytes) }
            .map { DetectedEncoding(encoding: $0.encoding, markLength: $0.bytes.count) }
    }

    /// What zeros say without a mark: delimiters, digits and Latin letters leave them in the same places.
    var unmarked: TextEncoding? {
        // In UTF-32 the highest byte is always zero, and the next one nearly so.
        if count >= 8 && count % 4 == 0 {
            let most = count / 4 - count / 40
            if zeros[3] == count / 4 && zeros[2] >= most { return .utf32LittleEndian }
            if zeros[0] == count / 4 && zeros[1] >= most { return .utf32BigEndian }
        }
        let (even, odd) = (zeros[0] + zeros[2], zeros[1] + zeros[3])
        let (more, fewer) = (max(even, odd), min(even, odd))
        // A stray zero in an 8-bit text is a fault, not an encoding; Han such as 一 (4E 00) put a few on the other side.
        guard more * 20 >= count, more > 0, more >= 3 * fewer else { return nil }
        return odd > even ? .utf16LittleEndian : .utf16BigEndian
    }
}
