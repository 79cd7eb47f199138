// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import FaceText
@testable import FaceTransfer

@Suite struct EncodingTests {
    private static func verdict(_ bytes: [UInt8], chunk: Int = .max) -> Result<DetectedEncoding, EncodingDetector.Fault>
    {
        var detector = EncodingDetector()
        var rest = bytes[...]
        while !rest.isEmpty {
            detector.feed(Array(rest.prefix(chunk)))
            rest = rest.dropFirst(min(chunk, rest.count))
        }
        return detector.verdict()
    }

    private static let asciiStart = "photo,name\n" + String(repeating: "p.jpg,Ann\n", count: 900)

    static let texts: [(String, TextEncoding)] = [
        ("photo,name\na.jpg,Ann\n", .utf8), ("照片,姓名\na.jpg,王小明\n", .utf8), ("a.jpg;Müller", .utf8),
        ("照片,姓名\n1.jpg,王小明\n", .gb18030), ("photo,name\n1.jpg,王伟", .gb18030), ("photo,name\na.jpg,张玥", .gb18030),
        ("a.jpg,王玥玥,女,北京市海淀区中关村大街A座3号", .gb18030), ("a.jpg,赵㛃", .gb18030), ("照片,姓名\n1,𠮷野", .gb18030),
        ("photo;name\na.jpg;Müller", .windows1252), ("name\nJääskeläinen\n", .windows1252),
        ("name\nJÄÄSKELÄINEN\n", .windows1252), ("name\nÖztürk, Jörg\nGroß\n", .windows1252),
        ("prénom;âge\nZoë;3\nChloé;4\nFrançois;5\n", .windows1252), ("name\nRené_E-17\n", .windows1252),
        ("name\nÄÄnekoski\nJörg\n", .windows1252), ("name\nO’Neil\n", .windows1252),
        ("name;Ort\nÅsa;Malmö\n", .windows1252), ("Straße\n5 €\n", .windows1252),
        (asciiStart + "p.jpg,王小明\n", .gb18030), (asciiStart + "p.jpg,Jörg\n", .windows1252),
        ("照片,姓名\r\n一.jpg,一一\r\n", .utf16LittleEndian), ("photo\tname\r\na.jpg\tMüller\r\n", .utf16LittleEndian),
        ("照片,姓名\r\n一.jpg,一一\r\n", .utf16BigEndian), ("照片,姓名\r\n一.jpg,一一\r\n", .utf32LittleEndian),
        ("photo,name\r\na.jpg,Müller\r\n", .utf32BigEndian), (asciiStart + "p.jpg,王\n", .utf16BigEndian),
    ]

    @Test(arguments: texts) func theEncodingIsTold(text: String, encoding: TextEncoding) throws {
        let bytes = try encode(text, encoding.name)
        for chunk in [1, 7, .max] {
            let found = try Self.verdict(bytes, chunk: chunk).get()
            #expect(found.encoding == encoding && found.markLength == 0)
        }
        #expect(TextConverter.text(of: bytes, in: encoding) == text)
    }

    @Test(arguments: [
        ([UInt8](arrayLiteral: 0xEF, 0xBB, 0xBF), TextEncoding.utf8), ([0xFF, 0xFE], .utf16LittleEndian),
        ([0xFE, 0xFF], .utf16BigEndian), ([0xFF, 0xFE, 0, 0], .utf32LittleEndian),
        ([0, 0, 0xFE, 0xFF], .utf32BigEndian),
    ])
    func aByteOrderMarkDecides(mark: [UInt8], encoding: TextEncoding) throws {
        let bytes = mark + (try encode("照片\n王", encoding.name))
        #expect(Self.verdict(bytes) == .success(DetectedEncoding(encoding: encoding, markLength: mark.count)))
    }

    @Test func damagedUTF8IsNotReadAsSomethingElse() throws {
        let text = Array("姓名\n王小明\n".utf8) + [0xE7, 0x8E] + Array("\n李雷\n".utf8)
        #expect(Self.verdict(text) == .failure(.damagedUTF8(line: 3)))
        #expect(Self.verdict([0xEF, 0xBB, 0xBF, 0x61, 0x0A, 0xFF]) == .failure(.damagedUTF8(line: 2)))
        #expect(Self.verdict(Array("Müller Jörg Größe".utf8) + [0xC3]) == .failure(.damagedUTF8(line: 1)))
    }

    @Test func whatIsNoTextIsNoEncoding() {
        #expect(throws: EncodingDetector.Fault.self) { try Self.verdict([0x61, 0x81, 0x20, 0xFF]).get() }
    }

    @Test func aStrayZeroIsNoUTF16() {
        let bytes = Array("photo,name\na.jpg,Ann and another row\n".utf8) + [0] + Array("b.jpg,Bob\n".utf8)
        #expect(Self.verdict(bytes) == .success(DetectedEncoding(encoding: .utf8, markLength: 0)))
    }

    @Test(arguments: [TextEncoding.gb18030, .windows1252, .utf16LittleEndian, .utf16BigEndian])
    func conversionDoesNotMindWhereChunksEnd(encoding: TextEncoding) throws {
        let text = encoding == .windows1252 ? "Grüße, René – 5 €" : "王小明,𠮷,㛃,a"
        let bytes = try encode(text, encoding.name)
        for cut in 0...bytes.count {
            let converter = try TextConverter(from: encoding)
            let converted = try converter.convert(Array(bytes[..<cut])) + converter.convert(Array(bytes[cut...]))
            let rest = try converter.finish()
            #expect(String(decoding: converted + rest, as: UTF8.self) == text)
        }
    }

    /// A mark may follow such a letter, so the converter keeps it back until the end.
    @Test func theLastLetterIsNotLostWhereAMarkCouldFollow() throws {
        let bytes = try encode("שרה", "CP1255")
        #expect(TextConverter.text(of: bytes, in: TextEncoding("CP1255")) == "שרה")
    }

    @Test func aFewWordsThatAreUTF8ByAccidentAreDoubted() throws {
        // 希英 in GBK.
        let accident = try encode("希英", "GB18030")
        #expect(String(validating: accident, as: UTF8.self) != nil)
        #expect(throws: EncodingDetector.Fault.self) { try Self.verdict(accident).get() }
    }

    @Test func characterSetsThatAreSwitchedAreDoubted() throws {
        let bytes = try encode("photo,name\n1.jpg,田中", "ISO-2022-JP")
        #expect(Self.verdict(bytes) == .failure(.switching))
    }

    @Test func aTextThatEndsWithinACharacterIsAFault() throws {
        let bytes = try encode("王", "GB18030")
        let converter = try TextConverter(from: .gb18030)
        #expect(try converter.convert(Array(bytes.dropLast())).isEmpty)
        #expect(throws: (any Error).self) { try converter.finish() }
    }
}
