// SPDX-License-Identifier: Apache-2.0

/// Tells the encoding of a text that is fed whole, in chunks of any size.
///
/// A byte order mark decides; then zero bytes at regular places (UTF-16, UTF-32); then UTF-8 if all of it is sound.
/// What is left is in the encoding that was told, or in the one in which its words read like names.
package struct EncodingDetector {
    /// Why no encoding can be told.
    package enum Fault: Error, Equatable {
        /// Nearly all of it is UTF-8, but not this line: reading it as anything else would garble the rest.
        case damagedUTF8(line: Int)
        /// It may be one of several encodings, or reads well in none.
        case doubtful([LegacyVerdict.Possibility])
        /// It switches between character sets, as ISO-2022 does.
        case switching
        /// It is sound in none of the encodings.
        case unknown
    }

    private let place: TextPlace
    private let told: TextEncoding?
    private var line = 1
    private var previous: UInt8 = 0
    private var switches = false
    private var unicode = UnicodeEvidence()
    private var utf8 = UTF8Evidence()
    private var sample = TextSample()

    /// Begins with nothing.
    ///
    /// - Parameters:
    ///   - place: What the text stands in.
    ///   - told: What the user, or who wrote it, says it is in where it is not Unicode.
    package init(of place: TextPlace = .table, told: TextEncoding? = nil) {
        self.place = place
        self.told = told
    }

    /// Looks at the next bytes.
    package mutating func feed(_ bytes: [UInt8]) {
        for byte in bytes {
            unicode.feed(byte)
            utf8.feed(byte, line: line)
            sample.feed(byte)
            if byte == UInt8(ascii: "\n") { line += 1 }
            // ESC $ and ESC ( begin another character set.
            if previous == 0x1B && (byte == UInt8(ascii: "$") || byte == UInt8(ascii: "(")) { switches = true }
            previous = byte
        }
    }

    /// The encoding of everything that was fed.
    package func verdict() -> Result<DetectedEncoding, Fault> {
        if let marked = unicode.marked {
            if marked.encoding == .utf8, let line = utf8.firstFault { return .failure(.damagedUTF8(line: line)) }
            return .success(marked)
        }
        if let unmarked = unicode.unmarked { return .success(DetectedEncoding(encoding: unmarked, markLength: 0)) }
        guard let fault = utf8.firstFault else { return soundUTF8 }
        if let told { return .success(DetectedEncoding(encoding: told, markLength: 0, words: words(in: told))) }
        if utf8.isNearlySound { return .failure(.damagedUTF8(line: fault)) }
        switch LegacyVerdict(on: sample.words, in: place) {
        case .sure(let found):
            return .success(DetectedEncoding(encoding: found.encoding, markLength: 0, words: found.words))
        case .doubt(let possibilities): return .failure(.doubtful(possibilities))
        case .none: return .failure(.unknown)
        }
    }

    /// Sound UTF-8 is UTF-8, but for what is ASCII to the eye and for a few words that are sound by accident.
    private var soundUTF8: Result<DetectedEncoding, Fault> {
        let utf8 = DetectedEncoding(encoding: .utf8, markLength: 0)
        if switches {
            guard let told else { return .failure(.switching) }
            return .success(DetectedEncoding(encoding: told, markLength: 0))
        }
        guard self.utf8.mayBeAccident, told != .utf8 else { return .success(utf8) }
        if let told {
            let readings = [LegacyCandidate.utf8, .told(told)].map { LegacyReading($0, of: sample.words, in: place) }
            guard let other = readings[1], let asUTF8 = readings[0], other.bits < asUTF8.bits else {
                return .success(utf8)
            }
            return .success(DetectedEncoding(encoding: told, markLength: 0, words: words(in: told)))
        }
        guard let doubt = LegacyVerdict.doubt(ofUTF8: sample.words, in: place) else { return .success(utf8) }
        return .failure(.doubtful(doubt))
    }

    private func words(in encoding: TextEncoding) -> [String] {
        HeaderWords.others(than: sample.words.compactMap { TextConverter.text(of: $0, in: encoding) })
    }
}
