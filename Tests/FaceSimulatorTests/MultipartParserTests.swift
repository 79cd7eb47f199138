// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import FaceSimulator

@Suite struct MultipartParserTests {
    /// What a form says, whatever the pieces in which it came.
    private struct Part: Equatable {
        var headers: MultipartHeaders
        var body: [UInt8] = []
        var isEnded = false
    }

    private static let body: [UInt8] =
        Array(
            "preamble to skip\r\n--XyZ\r\nContent-Disposition: form-data; name=\"msg_id\"\r\n\r\n1030\r\n--XyZ  \r\n"
                .utf8
        )
        + Array("content-disposition: form-data; NAME=\"img_1\"; filename=\"张三_E-1_#_0_31_Köln%22x%0A.jpg\"\r\n".utf8)
        + Array("Content-Type: image/jpeg\r\n\r\n".utf8) + [0xFF, 0xD8, 0x0D, 0x0A, 0x2D, 0x2D, 0x58, 0x0D, 0x0A, 0x00]
        + Array(
            "\r\n--Xy\r\n\r\n--XyZ\r\nContent-Disposition: form-data; name=empty\r\n\r\n\r\n--XyZ--\r\nepilogue".utf8
        )

    private static let expected = [
        Part(headers: .init(name: Array("msg_id".utf8)), body: Array("1030".utf8), isEnded: true),
        Part(
            headers: .init(name: Array("img_1".utf8), fileName: Array("张三_E-1_#_0_31_Köln%22x%0A.jpg".utf8)),
            body: [0xFF, 0xD8, 0x0D, 0x0A, 0x2D, 0x2D, 0x58, 0x0D, 0x0A, 0x00] + Array("\r\n--Xy\r\n".utf8),
            isEnded: true
        ),
        Part(headers: .init(name: Array("empty".utf8)), isEnded: true),
    ]

    private static func parts(_ pieces: [ArraySlice<UInt8>], boundary: String = "XyZ") throws -> [Part] {
        var parser = MultipartParser(boundary: boundary)
        var parts: [Part] = []
        for piece in pieces {
            for event in try parser.feed(Array(piece)) {
                switch event {
                case .partBegan(let headers): parts.append(Part(headers: headers))
                case .body(let bytes): parts[parts.count - 1].body += bytes
                case .partEnded: parts[parts.count - 1].isEnded = true
                }
            }
        }
        try parser.finish()
        return parts
    }

    @Test func anyTwoPiecesSayTheSame() throws {
        for split in 0...Self.body.count {
            #expect(try Self.parts([Self.body[..<split], Self.body[split...]]) == Self.expected, "split at \(split)")
        }
    }

    @Test func singleBytesSayTheSame() throws {
        #expect(try Self.parts(Self.body.indices.map { Self.body[$0...$0] }) == Self.expected)
    }

    @Test(arguments: 0..<50) func randomPiecesSayTheSame(seed: Int) throws {
        var state = UInt64(seed) &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        var pieces: [ArraySlice<UInt8>] = []
        var index = 0
        while index < Self.body.count {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let end = min(Self.body.count, index + Int(state >> 33) % 40)
            pieces.append(Self.body[index..<end])
            index = end
        }
        #expect(try Self.parts(pieces) == Self.expected)
    }

    @Test func aFormWithoutPartsIsAForm() throws {
        #expect(try Self.parts([Array("--XyZ--".utf8)[...]]).isEmpty)
    }

    @Test(arguments: [
        "", "no delimiter at all", "--XyZ\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nnot closed",
        "--XyZ\r\nContent-Type: text/plain\r\n\r\nno name\r\n--XyZ--", "--XyZjunk\r\n\r\n--XyZ--",
        "--XyZ\r\n\r\nx\r\n--XyZ--",
    ])
    func whatIsNoFormIsRefused(body: String) {
        #expect(throws: MultipartParser.Malformed.self) { try Self.parts([Array(body.utf8)[...]]) }
    }

    @Test func endlessHeadersAreRefused() {
        let body = Array("--XyZ\r\nX: ".utf8) + [UInt8](repeating: 0x61, count: 40_000)
        #expect(throws: MultipartParser.Malformed.self) { try Self.parts([body[...]]) }
    }

    @Test func namesAreReadAsUTF8AndOnlyThreeEscapesCount() {
        let bytes = Array("Köln%22%0d%0A%41%2".utf8)
        #expect(MultipartHeaders.text(bytes, latin1: false) == "Köln\"\r\n%41%2")
        #expect(MultipartHeaders.text(bytes, latin1: true) == "KÃ¶ln\"\r\n%41%2")
    }

    @Test(
        arguments: [
            ("multipart/form-data; boundary=abc", "abc"),
            ("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\"", "a b"),
            ("multipart/form-data", nil), ("application/json", nil), ("multipart/form-data; boundary=", nil),
            (nil, nil),
        ] as [(String?, String?)]
    )
    func boundaryComesFromTheContentType(header: String?, boundary: String?) {
        #expect(MultipartBoundary.read(header) == boundary)
    }
}
