// SPDX-License-Identifier: Apache-2.0

import CTurboJPEG
import FaceImaging
import FaceModel
import Testing

@Suite struct ProbeTests {
    private let drawing = Drawing.quadrants()

    @Test func extensionsAreKnownInAnyCase() {
        #expect(
            ["jpg", "JPEG", "Png", "bmp", "tif", "TIFF", "heic", "heif", "webp"].allSatisfy(
                ImageFormat.isPictureExtension
            )
        )
        #expect(!["gif", "txt", "", "jpg "].contains(where: ImageFormat.isPictureExtension))
        #expect(ImageFormat.allCases.map(\.fileExtension) == ["jpg", "png", "bmp", "tif", "heic", "webp"])
    }

    @Test func theFirstBytesTellTheFormat() {
        #expect(ImageFormat(firstBytes: Array(drawing.jpeg().prefix(12))) == .jpeg)
        #expect(ImageFormat(firstBytes: Array(drawing.png().prefix(12))) == .png)
        #expect(ImageFormat(firstBytes: Array(drawing.bmp().prefix(12))) == .bmp)
        #expect(ImageFormat(firstBytes: Array(drawing.tiff(isBigEndian: true).prefix(12))) == .tiff)
        #expect(ImageFormat(firstBytes: Array(fixture("quadrants.heic").prefix(12))) == .heif)
        #expect(ImageFormat(firstBytes: Array(fixture("quadrants.webp").prefix(12))) == .webp)
        #expect(ImageFormat(firstBytes: Array("GIF89a......".utf8)) == nil)
        #expect(ImageFormat(firstBytes: []) == nil)
    }

    @Test(arguments: everyKind.indices)
    func everyKindTellsItsSize(_ index: Int) throws {
        let (name, bytes) = everyKind[index]
        let header = try ImageProbe.header(of: bytes)
        let upright = name == "turned.heic" ? PixelSize(width: 64, height: 96) : PixelSize(width: 96, height: 64)
        #expect(header.uprightSize == upright, "\(name)")
        #expect(header.bytes == bytes.count)
        #expect(header.isComplete)
        #expect(header.trailingBytes == 0)
    }

    @Test(arguments: [
        (TJSAMP_444, Chroma.full), (TJSAMP_422, .half), (TJSAMP_440, .halfUpright), (TJSAMP_420, .quarter),
        (TJSAMP_411, .quarterFlat),
    ])
    func jpegTellsItsChroma(_ sampling: TJSAMP, _ chroma: Chroma) throws {
        let header = try ImageProbe.header(of: drawing.jpeg(sampling: sampling))
        #expect(header.chroma == chroma)
        #expect(header.color == .ycbcr)
        #expect(!header.isProgressive)
    }

    @Test func jpegTellsGreyProgressiveAndCMYK() throws {
        let grey = try ImageProbe.header(of: drawing.jpeg(sampling: TJSAMP_GRAY))
        #expect(grey.color == .grey && grey.chroma == nil)
        #expect(try ImageProbe.header(of: drawing.jpeg(isProgressive: true)).isProgressive)
        #expect(try ImageProbe.header(of: drawing.jpeg(asCMYK: true)).color == .cmyk)
    }

    @Test(
        arguments: zip(
            PNGKind.allCases,
            [ColorModel.rgb, .rgb, .grey, .grey, .palette, .rgb, .grey, .rgb]
        )
    )
    func pngTellsItsKind(_ kind: PNGKind, _ color: ColorModel) throws {
        let header = try ImageProbe.header(of: drawing.png(kind))
        #expect(header.color == color)
        #expect(header.bitsPerSample == Int(kind.bits))
        #expect(header.hasAlpha == (kind == .alpha || kind == .greyAlpha))
        #expect(header.isProgressive == (kind == .interlaced))
    }

    @Test func bytesAfterTheEndAreCounted() throws {
        let extra = [UInt8](repeating: 7, count: 123)
        for file in [drawing.jpeg(), drawing.png(), drawing.bmp(), fixture("quadrants.webp")] {
            #expect(try ImageProbe.header(of: file + extra).trailingBytes == 123)
        }
    }

    @Test func anEndMarkInsideTheThumbnailIsNotTheEnd() throws {
        let thumbnail = drawing.jpeg()
        let body = Array("Exif\0\0".utf8) + exif(orientation: 1, isBigEndian: true) + thumbnail
        let length = body.count + 2
        let file = drawing.jpeg()
        let whole = file[0..<2] + [0xFF, 0xE1, UInt8(length >> 8), UInt8(length & 255)] + body + file[2...]
        #expect(try ImageProbe.header(of: Array(whole)).trailingBytes == 0)
        #expect(try !ImageProbe.header(of: Array(whole.dropLast(200))).isComplete)
    }

    @Test func whatIsNoPictureIsRefused() {
        let text = #expect(throws: Rejection.self) { try ImageProbe.header(of: Array("Not a picture at all".utf8)) }
        #expect(text?.reason == .imageFormat)
        let empty = #expect(throws: Rejection.self) { try ImageProbe.header(of: []) }
        #expect(empty?.reason == .imageTruncated)
        let video = [0, 0, 0, 24] + Array("ftypisom".utf8) + [UInt8](repeating: 0, count: 40)
        #expect(throws: Rejection.self) { try ImageProbe.header(of: video) }
    }
}
