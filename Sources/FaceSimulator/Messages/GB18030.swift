// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Text in the encoding of Chinese spreadsheets, which can say every character (G12).
enum GB18030 {
    /// The text's bytes; the UTF-8 ones where the C library does not know the encoding.
    static func encode(_ text: String) -> [UInt8] {
        var input = Array(text.utf8).map { CChar(bitPattern: $0) }
        var output = [CChar](repeating: 0, count: input.count * 2 + 4)
        let written: Int? = unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                let converter = unsafe iconv_open("GB18030", "UTF-8")
                guard unsafe converter != iconv_t(bitPattern: -1) else { return nil }
                defer { unsafe iconv_close(converter) }
                var from = source.baseAddress
                var to = target.baseAddress
                var left = source.count
                var room = target.count
                let status = unsafe iconv(converter, &from, &left, &to, &room)
                return status == Int(bitPattern: UInt.max) ? nil : target.count - room
            }
        }
        guard let written else { return Array(text.utf8) }
        return output[..<written].map { UInt8(bitPattern: $0) }
    }
}
