// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Text of Chinese systems, by the C library's iconv.
enum LegacyText {
    /// Decodes GB18030, which has GBK and GB2312 in it; `nil` when the bytes are none.
    static func decoded(_ bytes: [UInt8]) -> String? {
        let converter = iconv_open("UTF-8", "GB18030")
        guard converter != iconv_t(bitPattern: -1) else { return nil }
        defer { iconv_close(converter) }
        var input = bytes.map { CChar(bitPattern: $0) }
        // Two bytes of GB18030 are three of UTF-8 at most.
        var output = [CChar](repeating: 0, count: bytes.count * 2 + 4)
        var inputLeft = input.count
        var outputLeft = output.count
        let status = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                var from = input.baseAddress
                var to = output.baseAddress
                return iconv(converter, &from, &inputLeft, &to, &outputLeft)
            }
        }
        guard status != -1, inputLeft == 0 else { return nil }
        return String(validating: output.dropLast(outputLeft).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
