// SPDX-License-Identifier: Apache-2.0

extension TextEncoding {
    /// Finds an encoding by a name that people use for it: iconv's, Windows', Python's, or a number of a code page.
    ///
    /// It is `nil` where the system does not know the name. Where an encoding grew, it is the larger one.
    ///
    /// - Parameter typed: The name; capitals, blanks, `-` and `_` make no difference where the name is usual.
    public init?(named typed: String) {
        let plain = typed.lowercased().filter { $0.isLetter || $0.isNumber }
        let number =
            ["windows", "win", "cp", "ibm", "ms", "dos", "oem", "x"].first { plain.hasPrefix($0) }
            .map { String(plain.dropFirst($0.count)) } ?? plain
        // Nothing of what iconv appends to names, such as //IGNORE.
        let isName =
            !plain.isEmpty
            && typed.utf8.allSatisfy { byte in
                (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || "-_.:".utf8.contains(byte)
            }
        let candidates =
            [Self.aliases[plain], Self.aliases[number]].compactMap(\.self)
            + (!number.isEmpty && number.allSatisfy(\.isNumber) ? ["CP\(number)"] : [])
            + (isName ? [typed.uppercased()] : [])
        let known = candidates.lazy.map { TextEncoding($0) }.first { (try? TextConverter(from: $0)) != nil }
        guard let known else { return nil }
        self = known
    }

    /// Names to choose from, for whoever mistyped one.
    public static let usualNames = [
        "utf-8", "utf-16le", "utf-16be", "gb18030", "gbk", "big5", "shift_jis", "euc-jp", "iso-2022-jp", "euc-kr",
        "johab", "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255",
        "windows-1256",
        "windows-1257", "windows-1258", "windows-874", "cp437", "cp850", "cp852", "cp857", "cp866", "cp932", "cp936",
        "cp949", "cp950", "cp1250", "cp1251", "cp1252", "cp1254", "koi8-r", "koi8-u", "iso-8859-1", "iso-8859-2",
        "iso-8859-5", "iso-8859-7", "iso-8859-9", "iso-8859-15", "latin1", "latin2", "macroman", "maccyrillic",
    ]

    /// Where a usual name means an encoding that grew, the larger one is taken.
    private static let aliases: [String: String] = [
        "utf8": "UTF-8", "utf8sig": "UTF-8", "65001": "UTF-8", "utf16": "UTF-16LE", "1200": "UTF-16LE",
        "1201": "UTF-16BE",
        "gbk": "GB18030", "gb2312": "GB18030", "gb18030": "GB18030", "936": "GB18030", "54936": "GB18030",
        "euccn": "GB18030",
        "big5": "BIG5-HKSCS", "950": "BIG5-HKSCS", "big5hkscs": "BIG5-HKSCS",
        "shiftjis": "CP932", "sjis": "CP932", "932": "CP932", "31j": "CP932", "windows31j": "CP932",
        "eucjp": "EUC-JP", "51932": "EUC-JP", "ujis": "EUC-JP",
        "euckr": "CP949", "949": "CP949", "uhc": "CP949", "ksc5601": "CP949", "ksx1001": "CP949",
        "latin1": "CP1252", "iso88591": "CP1252", "ansi": "CP1252", "usascii": "CP1252", "ascii": "CP1252",
        "latin2": "ISO-8859-2", "latin5": "ISO-8859-9", "latin9": "ISO-8859-15",
        "win1251": "CP1251", "koi8": "KOI8-R", "20866": "KOI8-R", "21866": "KOI8-U", "28591": "CP1252",
        "28592": "ISO-8859-2", "28595": "ISO-8859-5", "28599": "ISO-8859-9", "28605": "ISO-8859-15",
        "macroman": "MACINTOSH", "mac": "MACINTOSH", "macintosh": "MACINTOSH", "10000": "MACINTOSH",
        "maccyrillic": "MAC-CYRILLIC", "10007": "MAC-CYRILLIC", "macce": "MAC-CENTRALEUROPE",
        "maccentraleurope": "MAC-CENTRALEUROPE", "maclatin2": "MAC-CENTRALEUROPE",
    ]
}
