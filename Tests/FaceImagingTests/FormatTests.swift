// SPDX-License-Identifier: Apache-2.0

import CTurboJPEG
import FaceImaging
import FaceModel
import Testing

@Suite struct FormatTests {
    private let drawing = Drawing.quadrants()
    /// Every photo is converted by this one, as its longest side is below that of every photo here.
    private let shrinking = ImageWorkshop(limits: ImageLimits(maxSide: 64), profile: .off)

    @Test(arguments: [TJSAMP_444, TJSAMP_422, TJSAMP_440, TJSAMP_420, TJSAMP_411], [false, true])
    func everySamplingOfJPEGIsShrunk(_ sampling: TJSAMP, _ isProgressive: Bool) {
        for size in [(width: 96, height: 64), (width: 701, height: 467)] {
            let large = Drawing.quadrants(width: size.width, height: size.height)
            let image = shrinking.prepare(large.jpeg(sampling: sampling, isProgressive: isProgressive)).image
            #expect(image?.size == PixelSize(width: 64, height: 43))
            #expect(showsQuadrants(image))
        }
    }

    @Test func greyJPEGStaysGreyInThreePlanes() throws {
        let image = try #require(shrinking.prepare(drawing.jpeg(sampling: TJSAMP_GRAY)).image)
        #expect(try ImageProbe.header(of: image.bytes).chroma == .quarter)
        let decoded = try #require(Drawing(jpeg: image.bytes))
        #expect(decoded.corners.allSatisfy { abs($0.red - $0.blue) < 4 && abs($0.red - $0.green) < 4 })
        #expect(decoded.corners[3].red - decoded.corners[2].red > 80)
    }

    @Test func inkOfAdobeIsInverted() {
        let image = plainWorkshop.prepare(drawing.jpeg(quality: 95, asCMYK: true)).image
        #expect(image?.isOriginal == false)
        #expect(showsQuadrants(image))
    }

    @Test func jpegInRGBIsRead() {
        // Three components called R, G and B, and no JFIF mark: libjpeg takes them as RGB.
        let planes = drawing.jpeg(quality: 95, sampling: TJSAMP_444)
        let image = shrinking.prepare(asRGB(planes)).image
        #expect((try? ImageProbe.header(of: asRGB(planes)))?.color == .rgb)
        #expect(image?.size == PixelSize(width: 64, height: 43))
    }

    @Test(arguments: [PNGKind.rgb, .rgb16, .palette, .alpha, .interlaced])
    func colourPNGIsRead(_ kind: PNGKind) {
        #expect(showsQuadrants(shrinking.prepare(drawing.png(kind)).image))
    }

    @Test(arguments: [PNGKind.grey, .grey16, .greyAlpha])
    func greyPNGIsRead(_ kind: PNGKind) throws {
        let image = try #require(shrinking.prepare(drawing.png(kind)).image)
        let corners = try #require(Drawing(jpeg: image.bytes)).corners
        // 16 bits without a gamma chunk must not come out brighter than 8.
        for (corner, expected) in zip(corners, [93.0, 90, 103, 163]) {
            #expect(abs(corner.green - expected) < 6)
        }
    }

    @Test(arguments: ["alpha.webp", "alpha.heic", "png", "grey png"])
    func whatIsTransparentBecomesWhite(_ name: String) throws {
        let file =
            switch name {
            case "png": drawing.png(.alpha)
            case "grey png": drawing.png(.greyAlpha)
            default: fixture(name)
            }
        let image = try #require(plainWorkshop.prepare(file).image)
        let decoded = try #require(Drawing(jpeg: image.bytes))
        #expect(decoded[48, 32].isNear(Color(red: 255, green: 255, blue: 255), within: 12))
        #expect(!image.isOriginal)
    }

    @Test(arguments: BMPKind.allCases)
    func bmpIsRead(_ kind: BMPKind) throws {
        let image = shrinking.prepare(drawing.bmp(kind)).image
        guard kind == .bits1 else {
            #expect(showsQuadrants(image), "\(kind)")
            return
        }
        let decoded = try #require(image.flatMap { Drawing(jpeg: $0.bytes) })
        #expect(decoded.corners.map { $0.red > 128 } == [true, false, false, true])
    }

    @Test func tiffOfEveryKindIsRead() {
        for file in [
            drawing.tiff(), drawing.tiff(isBigEndian: true), drawing.tiff(isTiled: true), fixture("lzw.tif"),
            fixture("deflate.tif"), fixture("jpeg.tif"), fixture("cmyk.tif"),
        ] {
            #expect(showsQuadrants(shrinking.prepare(file).image))
        }
    }

    @Test(arguments: ["quadrants.webp", "quadrants.heic"])
    func photosOfPhonesAreAlwaysConverted(_ name: String) {
        let image = plainWorkshop.prepare(fixture(name)).image
        #expect(image?.format == .jpeg)
        #expect(image?.isOriginal == false)
        #expect(showsQuadrants(image))
    }

    /// Takes the JFIF segment out and renames the components.
    private func asRGB(_ file: [UInt8]) -> [UInt8] {
        var result = Array(file[0..<2] + file[20...])
        for marker: UInt8 in [0xC0, 0xDA] {
            guard let at = result.indices.dropLast().first(where: { result[$0] == 0xFF && result[$0 + 1] == marker })
            else { continue }
            let (first, step) = marker == 0xC0 ? (at + 10, 3) : (at + 5, 2)
            for (index, name) in [UInt8(0x52), 0x47, 0x42].enumerated() { result[first + index * step] = name }
        }
        return result
    }
}
