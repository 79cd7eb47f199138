// SPDX-License-Identifier: Apache-2.0

/// Whether a text can be GB18030, and how much speaks for it.
struct GB18030Evidence {
    private enum State { case ground, second, third, fourth }

    private var state = State.ground
    private var lead: UInt8 = 0
    private var followsLetter = false
    private var hasFault = false
    /// Han of GB 2312, nearly all that names and addresses use, where no Latin letter stands before them.
    private(set) var han = 0

    /// Whether the text is sound so far.
    var isSound: Bool { !hasFault && state == .ground }

    mutating func feed(_ byte: UInt8) {
        switch state {
        case .ground:
            switch byte {
            case 0x00...0x7F: followsLetter = isLatinLetter(byte)
            case 0x80, 0xFF: hasFault = true
            default: (lead, state) = (byte, .second)
            }
        case .second:
            switch byte {
            case 0x30...0x39: state = .third
            case 0x40...0x7E, 0x80...0xFE:
                if (0xB0...0xF7).contains(lead) && byte >= 0xA1 && !followsLetter { han += 1 }
                (followsLetter, state) = (false, .ground)
            default: hasFault = true
            }
        case .third: if (0x81...0xFE).contains(byte) { state = .fourth } else { hasFault = true }
        case .fourth:
            if !(0x30...0x39).contains(byte) { hasFault = true }
            (followsLetter, state) = (false, .ground)
        }
    }
}

/// Whether a text can be Windows-1252, and how much speaks for it.
struct Windows1252Evidence {
    private var previous: UInt8 = 0
    private var runLength = 0
    private var runFollowsLetter = false
    private var runIsWord = true
    /// Whether the text is sound so far: five bytes stand for nothing.
    private(set) var isSound = true
    /// Accented letters that stand alone or in pairs among Latin ones, as in `Müller`; within a word they count double.
    private(set) var words = 0

    mutating func feed(_ byte: UInt8) {
        defer { previous = byte }
        guard byte >= 0x80 else {
            if runLength > 0 { endRun(before: byte) }
            return
        }
        if [0x81, 0x8D, 0x8F, 0x90, 0x9D].contains(byte) { isSound = false }
        if runLength == 0 { (runFollowsLetter, runIsWord) = (isLatinLetter(previous), true) }
        runLength += 1
        runIsWord = runIsWord && Self.isWord(byte)
    }

    private mutating func endRun(before byte: UInt8) {
        defer { runLength = 0 }
        guard runLength <= 2, runIsWord, isLatinLetter(byte) else { return }
        if runFollowsLetter { words += 2 } else if runLength == 1 { words += 1 }
    }

    /// Letters, and the apostrophes of `O’Neil`.
    private static func isWord(_ byte: UInt8) -> Bool {
        switch byte {
        case 0xD7, 0xF7: false
        case 0xC0...0xFF, 0x8A, 0x8C, 0x8E, 0x9A, 0x9C, 0x9E, 0x9F, 0x91, 0x92: true
        default: false
        }
    }
}

private func isLatinLetter(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): true
    default: false
    }
}
