// SPDX-License-Identifier: Apache-2.0

/// Tells the encoding of a text that is fed whole, in chunks of any size.
///
/// A byte order mark decides; then zero bytes in every other place (UTF-16); then UTF-8 if all of it is sound. What is
/// left is GB18030 or Windows-1252, and the company that the high bytes keep decides between them.
struct EncodingDetector {
    /// Why no encoding can be told.
    enum Fault: Error, Equatable {
        /// Nearly all of it is UTF-8, but not this line: reading it as anything else would garble the rest.
        case damagedUTF8(line: Int)
        /// It is sound in none of the encodings.
        case unknown
    }

    private var head: [UInt8] = []
    private var count = 0
    private var line = 1
    private var zeros = (even: 0, odd: 0)
    private var utf8 = UTF8Evidence()
    private var gb18030 = GB18030Evidence()
    private var windows1252 = Windows1252Evidence()

    /// Looks at the next bytes.
    mutating func feed(_ bytes: [UInt8]) {
        if head.count < 4 { head += bytes.prefix(4 - head.count) }
        for byte in bytes {
            if byte == 0 {
                if count & 1 == 0 { zeros.even += 1 } else { zeros.odd += 1 }
            }
            utf8.feed(byte, line: line)
            if byte == UInt8(ascii: "\n") { line += 1 }
            gb18030.feed(byte)
            windows1252.feed(byte)
            count += 1
        }
    }

    /// The encoding of everything that was fed.
    func verdict() -> Result<DetectedEncoding, Fault> {
        let utf8Fault = utf8.firstFault
        if head.starts(with: [0xEF, 0xBB, 0xBF]) {
            if let utf8Fault { return .failure(.damagedUTF8(line: utf8Fault)) }
            return .success(DetectedEncoding(encoding: .utf8, markLength: 3))
        }
        if head.starts(with: [0xFF, 0xFE]) {
            return .success(DetectedEncoding(encoding: .utf16LittleEndian, markLength: 2))
        }
        if head.starts(with: [0xFE, 0xFF]) {
            return .success(DetectedEncoding(encoding: .utf16BigEndian, markLength: 2))
        }
        if let encoding = utf16 { return .success(DetectedEncoding(encoding: encoding, markLength: 0)) }
        guard let utf8Fault else { return .success(DetectedEncoding(encoding: .utf8, markLength: 0)) }
        if utf8.isNearlySound { return .failure(.damagedUTF8(line: utf8Fault)) }
        return legacy.map { .success(DetectedEncoding(encoding: $0, markLength: 0)) } ?? .failure(.unknown)
    }

    /// UTF-16 without a mark: delimiters, digits and Latin letters leave zeros on one side of the pairs.
    private var utf16: TextEncoding? {
        let (more, fewer) = (max(zeros.even, zeros.odd), min(zeros.even, zeros.odd))
        // A stray zero in an 8-bit text is a fault, not an encoding; Han such as 一 (4E 00) put a few on the other side.
        guard more * 20 >= count, more > 0, more >= 3 * fewer else { return nil }
        return zeros.odd > zeros.even ? .utf16LittleEndian : .utf16BigEndian
    }

    private var legacy: TextEncoding? {
        if gb18030.isSound && gb18030.han > windows1252.words { return .gb18030 }
        if windows1252.isSound { return .windows1252 }
        return gb18030.isSound ? .gb18030 : nil
    }
}
