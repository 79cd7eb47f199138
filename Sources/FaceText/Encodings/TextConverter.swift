// SPDX-License-Identifier: Apache-2.0
import Glibc
package import SystemPackage

/// Converts a text to UTF-8 in chunks, through the system's iconv.
@safe package final class TextConverter {
    private let descriptor: iconv_t
    /// The beginning of a character whose end has not come yet.
    private var pending: [UInt8] = []

    /// Prepares a conversion; `EINVAL` where the system does not have the encoding.
    package init(from encoding: TextEncoding) throws(Errno) {
        guard let opened = unsafe iconv_open(TextEncoding.utf8.name, encoding.name),
            Int(bitPattern: opened) != -1
        else { throw Errno(rawValue: errno) }
        unsafe descriptor = opened
    }

    deinit { unsafe iconv_close(descriptor) }

    /// The next bytes in UTF-8; `EILSEQ` for bytes that are no character.
    package func convert(_ bytes: [UInt8]) throws(Errno) -> [UInt8] {
        var input = pending + bytes
        // In none of the encodings does a byte become more than three; some keep a character back.
        let capacity = input.count * 3 + 32
        var failure: CInt = 0
        var unread = input.count
        let output = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
            unsafe input.withUnsafeMutableBytes { raw in
                var from = unsafe raw.baseAddress?.assumingMemoryBound(to: CChar.self)
                var to = unsafe UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
                var room = capacity
                let answer = unsafe iconv(descriptor, &from, &unread, &to, &room)
                if answer == Int(bitPattern: UInt.max) { failure = errno }
                filled = capacity - room
            }
        }
        // EINVAL: the input ends within a character.
        guard failure == 0 || failure == EINVAL else { throw Errno(rawValue: failure) }
        pending = Array(input.suffix(unread))
        return output
    }

    /// Ends the text: what was kept back because a mark could have followed (Windows-1255 and -1258, Big5-HKSCS).
    ///
    /// - Throws: `EILSEQ` where the text ends within a character.
    package func finish() throws(Errno) -> [UInt8] {
        guard pending.isEmpty else { throw .illegalByteSequence }
        let capacity = 32
        var failure: CInt = 0
        let output = unsafe [UInt8](unsafeUninitializedCapacity: capacity) { buffer, filled in
            var to = unsafe UnsafeMutableRawPointer(buffer.baseAddress)?.assumingMemoryBound(to: CChar.self)
            var room = capacity
            let answer = unsafe iconv(descriptor, nil, nil, &to, &room)
            if answer == Int(bitPattern: UInt.max) { failure = errno }
            filled = capacity - room
        }
        guard failure == 0 else { throw Errno(rawValue: failure) }
        return output
    }

    /// A short text in one step, `nil` where it is not sound.
    package static func text(of bytes: [UInt8], in encoding: TextEncoding) -> String? {
        guard let converter = try? TextConverter(from: encoding), let utf8 = try? converter.convert(bytes),
            let rest = try? converter.finish()
        else { return nil }
        return String(validating: utf8 + rest, as: UTF8.self)
    }

    /// Short texts without line ends in one step, `nil` where one is not sound.
    package static func texts(of words: [[UInt8]], in encoding: TextEncoding) -> [String]? {
        guard let text = text(of: Array(words.joined(separator: [UInt8(ascii: "\n")])), in: encoding) else {
            return nil
        }
        let texts = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
        return texts.count == words.count ? texts : nil
    }
}
