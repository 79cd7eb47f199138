// SPDX-License-Identifier: Apache-2.0

/// How far a text is sound UTF-8.
struct UTF8Evidence {
    private var missing = 0
    private var allowed: ClosedRange<UInt8> = 0x80...0xBF
    private var sequences = 0
    private var longSequences = 0
    private var length = 0
    private var faults = 0
    private var faultLine = 0
    private var lastLine = 1

    /// The line of the first fault, `nil` where there is none; a text that ends within a character has one.
    var firstFault: Int? {
        if faults > 0 { return faultLine }
        return missing > 0 ? lastLine : nil
    }

    /// Whether it is UTF-8 that was damaged rather than another encoding: in those, sound sequences are accidents.
    var isNearlySound: Bool { sequences >= 3 && sequences > 2 * faults }

    /// Whether another encoding can look like it by accident: one with two bytes a character, in a few words.
    var mayBeAccident: Bool { (1...8).contains(sequences) && longSequences == 0 }

    mutating func feed(_ byte: UInt8, line: Int) {
        lastLine = line
        if missing > 0 {
            if allowed.contains(byte) {
                missing -= 1
                allowed = 0x80...0xBF
                if missing == 0 {
                    sequences += 1
                    if length > 2 { longSequences += 1 }
                }
                return
            }
            fault(line)
            missing = 0
        }
        guard byte >= 0x80 else { return }
        allowed = 0x80...0xBF
        switch byte {
        case 0xC2...0xDF: missing = 1
        case 0xE0: (missing, allowed) = (2, 0xA0...0xBF)
        case 0xED: (missing, allowed) = (2, 0x80...0x9F)
        case 0xE1...0xEF: missing = 2
        case 0xF0: (missing, allowed) = (3, 0x90...0xBF)
        case 0xF4: (missing, allowed) = (3, 0x80...0x8F)
        case 0xF1...0xF3: missing = 3
        default: fault(line)
        }
        length = missing + 1
    }

    private mutating func fault(_ line: Int) {
        if faults == 0 { faultLine = line }
        faults += 1
    }
}
