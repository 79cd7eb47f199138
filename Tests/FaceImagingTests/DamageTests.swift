// SPDX-License-Identifier: Apache-2.0

import CTurboJPEG
import FaceImaging
import FaceModel
import Testing

@Suite struct DamageTests {
    private let hr = ImageWorkshop(limits: ImageLimits(), profile: .hr)

    @Test(arguments: everyKind.indices, [1, 5, 20, 35, 50, 70, 90, 97])
    func whatIsCutShortIsRefused(_ index: Int, _ percent: Int) {
        let (name, bytes) = everyKind[index]
        let cut = Array(bytes.prefix(max(12, bytes.count * percent / 100)))
        let result = plainWorkshop.prepare(cut)
        #expect(result.rejection?.reason == .imageTruncated, "\(name) at \(percent): \(result.rejection?.detail ?? "")")
        #expect(result.image == nil)
    }

    @Test func aFittingPhotoCutByOneByteIsRefused() {
        let portrait = Drawing.portrait(1, width: 300, height: 400)
        for file in [portrait.jpeg(), portrait.jpeg(isProgressive: true), portrait.png(), portrait.bmp()] {
            #expect(hr.prepare(file.dropLast()).rejection?.reason == .imageTruncated)
            #expect(plainWorkshop.prepare(file.dropLast()).rejection?.reason == .imageTruncated)
        }
    }

    @Test func aMissingPartWithTheEndMarkInPlaceIsRefused() {
        let file = Drawing.portrait(1, width: 300, height: 400).jpeg()
        let cut = Array(file.prefix(file.count / 2)) + [0xFF, 0xD9]
        let result = hr.prepare(cut)
        #expect(result.rejection?.reason == .imageTruncated)
        #expect(result.rejection?.detail.isEmpty == false)
    }

    @Test func zeroesInTheMiddleAreRefused() {
        var file = Drawing.portrait(1, width: 300, height: 400).png()
        for index in file.count / 2..<file.count / 2 + 100 { file[index] ^= 0x55 }
        #expect(hr.prepare(file).rejection?.reason == .imageTruncated)
    }

    @Test func paddingBeforeTheEndMarkIsHarmless() {
        let file = Drawing.portrait(1, width: 300, height: 400).jpeg()
        let padded = file.dropLast(2) + [0, 0, 0, 0] + file.suffix(2)
        #expect(hr.prepare(Array(padded)).image?.isOriginal == true)
    }

    @Test(arguments: ["jpeg", "png", "bmp", "tiff", "webp"])
    func fourHundredMegapixelsAreRefusedFromTheHeader(_ format: String) {
        let drawing = Drawing.quadrants()
        var file: [UInt8]
        switch format {
        case "jpeg":
            file = drawing.jpeg()
            let frame = file.indices.dropLast().first { file[$0] == 0xFF && file[$0 + 1] == 0xC0 } ?? 0
            file.replaceSubrange(frame + 5..<frame + 9, with: [0x4E, 0x20, 0x4E, 0x20])
        case "png":
            file = drawing.png()
            file.replaceSubrange(16..<24, with: big32(20_000) + big32(20_000))
        case "bmp":
            file = drawing.bmp()
            file.replaceSubrange(18..<26, with: little32(20_000) + little32(20_000))
        case "tiff":
            file = drawing.tiff(claims: 20_000)
        default:
            file = Array("RIFF".utf8) + little32(22) + Array("WEBPVP8X".utf8) + little32(10)
            file += [0, 0, 0, 0, 0x1F, 0x4E, 0, 0x1F, 0x4E, 0]
        }
        let clock = ContinuousClock()
        let start = clock.now
        let result = plainWorkshop.prepare(file)
        let time = clock.now - start
        #expect(result.rejection?.reason == .imageBomb)
        #expect(result.rejection?.detail == "20000 × 20000, 400.0 megapixels, at most 64.0")
        #expect(time < .milliseconds(100))
        #expect(plainWorkshop.thumbnail(of: file, side: 64) == nil)
        #expect(plainWorkshop.hash(of: file) == nil)
    }

    @Test func absurdSizesDoNotOverflow() {
        var png = Drawing.quadrants().png()
        png.replaceSubrange(16..<24, with: big32(0xFFFF_FFFF) + big32(0xFFFF_FFFF))
        #expect(plainWorkshop.prepare(png).rejection?.reason == .imageBomb)
        var bmp = Drawing.quadrants().bmp()
        bmp.replaceSubrange(18..<26, with: little32(0x7FFF_FFFF) + little32(0x8000_0000))
        #expect(plainWorkshop.prepare(bmp).rejection?.reason == .imageBomb)
        #expect(plainWorkshop.prepare(Drawing.quadrants().tiff(claims: 0x7FFF_FFFF)).rejection != nil)
    }

    @Test func aSizeWithoutPixelsIsRefused() {
        var png = Drawing.quadrants().png()
        png.replaceSubrange(16..<20, with: big32(0))
        #expect(plainWorkshop.prepare(png).rejection?.reason == .imageFormat)
    }

    @Test(arguments: everyKind.indices)
    func flippedBytesNeverCrash(_ index: Int) {
        var random = SeededRandom(index)
        let small = ImageWorkshop(limits: ImageLimits(maxSide: 64, maxPixels: 1_000_000), profile: .watchlist)
        for _ in 0..<300 {
            var file = everyKind[index].bytes
            for _ in 0..<Int.random(in: 1...6, using: &random) {
                let at = Int.random(in: file.indices, using: &random)
                // Half of the flips hit the header, where they do most harm.
                file[Bool.random(using: &random) ? at : at % 64] = UInt8.random(in: 0...255, using: &random)
            }
            let result = small.prepare(file)
            #expect((result.image == nil) == (result.rejection != nil))
            _ = small.thumbnail(of: file, side: 32)
        }
    }
}
