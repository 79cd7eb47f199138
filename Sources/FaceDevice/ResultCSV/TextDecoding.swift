// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Text whose encoding nobody names (interface B4, G12).
enum TextDecoding {
    /// Decodes UTF-8 and UTF-16 with or without a byte order mark, then GB18030, and as the last resort Latin-1.
    static func text(of bytes: [UInt8]) -> String {
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { return String(decoding: bytes.dropFirst(3), as: UTF8.self) }
        if let encoding = utf16(bytes), let text = convert(bytes, from: encoding) { return withoutMark(text) }
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        if let text = convert(bytes, from: "GB18030") { return text }
        return String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    /// UTF-16 by its mark, or by the zero bytes that ASCII leaves in every other place.
    private static func utf16(_ bytes: [UInt8]) -> String? {
        if bytes.starts(with: [0xFF, 0xFE]) { return "UTF-16LE" }
        if bytes.starts(with: [0xFE, 0xFF]) { return "UTF-16BE" }
        guard bytes.count >= 4 else { return nil }
        if bytes[0] != 0, bytes[1] == 0, bytes[2] != 0, bytes[3] == 0 { return "UTF-16LE" }
        if bytes[0] == 0, bytes[1] != 0, bytes[2] == 0, bytes[3] != 0 { return "UTF-16BE" }
        return nil
    }

    private static func withoutMark(_ text: String) -> String {
        text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    }

    /// Converts by the C library's iconv; `nil` when it does not know the encoding or the bytes do not fit it.
    private static func convert(_ bytes: [UInt8], from encoding: String) -> String? {
        let descriptor = unsafe iconv_open("UTF-8", encoding)
        guard unsafe descriptor != iconv_t(bitPattern: -1) else { return nil }
        defer { unsafe iconv_close(descriptor) }
        var input = bytes.map { CChar(bitPattern: $0) }
        // No encoding here takes less than half as many bytes as UTF-8 does.
        var output = [CChar](repeating: 0, count: bytes.count * 3 + 16)
        var inputLeft = input.count
        var outputLeft = output.count
        let status = unsafe input.withUnsafeMutableBufferPointer { input in
            unsafe output.withUnsafeMutableBufferPointer { output in
                var from = input.baseAddress
                var to = output.baseAddress
                return unsafe iconv(descriptor, &from, &inputLeft, &to, &outputLeft)
            }
        }
        guard status != -1, inputLeft == 0 else { return nil }
        let converted = output.dropLast(outputLeft).map { UInt8(bitPattern: $0) }
        return String(validating: converted, as: UTF8.self)
    }
}
