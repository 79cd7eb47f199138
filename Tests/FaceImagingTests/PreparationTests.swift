// SPDX-License-Identifier: Apache-2.0

import CTurboJPEG
import FaceImaging
import FaceModel
import Testing

@Suite struct PreparationTests {
    private let portrait = Drawing.portrait(1, width: 300, height: 400)

    @Test func whatFitsPassesByteForByte() {
        let hr = ImageWorkshop(limits: ImageLimits(), profile: .hr)
        for file in [
            portrait.jpeg(), portrait.jpeg(isProgressive: true), portrait.jpeg(sampling: TJSAMP_444), portrait.png(),
            portrait.png(.grey), portrait.bmp(), portrait.tiff(),
        ] {
            for workshop in [hr, plainWorkshop] {
                let result = workshop.prepare(file)
                #expect(result.rejection == nil)
                #expect(result.image?.isOriginal == true)
                #expect(result.image?.bytes == file)
                #expect(result.image?.size == portrait.size)
            }
        }
    }

    @Test func whatDoesNotFitIsConverted() {
        let jpeg = portrait.jpeg()
        let cases: [(String, [UInt8], ImageLimits)] = [
            ("side", jpeg, ImageLimits(maxSide: 399)), ("bytes", jpeg, ImageLimits(maxBytes: jpeg.count - 1)),
            ("orientation", turned(jpeg, orientation: 3), ImageLimits()),
            ("second picture", jpeg + jpeg, ImageLimits()), ("16 bit", portrait.png(.rgb16), ImageLimits()),
            ("alpha", portrait.png(.alpha), ImageLimits()), ("CMYK", portrait.jpeg(asCMYK: true), ImageLimits()),
        ]
        for (name, file, limits) in cases {
            let result = ImageWorkshop(limits: limits, profile: .hr).prepare(file)
            #expect(result.image?.isOriginal == false, "\(name)")
            #expect(result.image?.format == .jpeg)
            #expect((result.image?.bytes.count ?? .max) <= limits.maxBytes)
        }
    }

    @Test func aConvertedPictureIsAPlainJPEGAtTheSideAskedFor() throws {
        let limits = ImageLimits(maxSide: 200)
        let photo = turned(portrait.jpeg(sampling: TJSAMP_444), orientation: 1)
        let image = try #require(ImageWorkshop(limits: limits, profile: .hr).prepare(photo).image)
        #expect(image.size == PixelSize(width: 150, height: 200))
        let header = try ImageProbe.header(of: image.bytes)
        #expect(header.size == image.size)
        #expect(header.chroma == .quarter)
        #expect(!header.isProgressive)
        let hasEXIF = image.bytes.indices.dropLast().contains { image.bytes[$0] == 0xFF && image.bytes[$0 + 1] == 0xE1 }
        #expect(!hasEXIF)
    }

    @Test func smallPicturesAreNotMadeLarger() {
        let image = plainWorkshop.prepare(portrait.png(.alpha)).image
        #expect(image?.size == portrait.size)
    }

    @Test func qualityIsLoweredBeforePixels() throws {
        let noise = Drawing.noise(width: 200, height: 200, seed: 1)
        let fine = noise.jpeg(quality: 95).count
        let limits = ImageLimits(maxSide: 200, maxBytes: fine / 2)
        let image = try #require(ImageWorkshop(limits: limits, profile: .off).prepare(noise.png()).image)
        #expect(image.size == noise.size)
        #expect(image.bytes.count <= limits.maxBytes)
        let tight = ImageLimits(maxSide: 200, maxBytes: fine / 6)
        let small = try #require(ImageWorkshop(limits: tight, profile: .off).prepare(noise.png()).image)
        #expect(small.size.width < 200)
        #expect(small.bytes.count <= tight.maxBytes)
    }

    @Test func whatCannotBeMadeSmallEnoughIsRefused() {
        let limits = ImageLimits(maxBytes: 300)
        let result = ImageWorkshop(limits: limits, profile: .off).prepare(portrait.png())
        #expect(result.rejection?.reason == .imageTooLarge)
        #expect(result.image == nil)
    }

    @Test func theMinimumIsThatOfTheProfile() {
        let small = Drawing.portrait(2, width: 120, height: 170).jpeg()
        let hr = ImageWorkshop(limits: ImageLimits(), profile: .hr).prepare(small)
        #expect(hr.rejection == Rejection(.imageTooSmall, "120 × 170, at least 160 on the short side"))
        #expect(hr.header != nil)
        let watchlist = ImageWorkshop(limits: ImageLimits(), profile: .watchlist).prepare(small)
        #expect(watchlist.rejection == nil)
    }

    @Test func equalPhotosGiveEqualPictures() {
        let workshop = ImageWorkshop(limits: ImageLimits(maxSide: 220), profile: .hr)
        let photo = portrait.jpeg(quality: 95)
        let first = workshop.prepare(photo)
        // A bench that was used for something else in between must leave no trace.
        _ = workshop.prepare(Drawing.noise(width: 333, height: 111, seed: 4).png())
        let second = workshop.prepare(photo)
        #expect(first.image == second.image)
        #expect(first.measures == second.measures)
        #expect(first.pictureHash == second.pictureHash)
    }

    @Test func manyTasksShareAWorkshop() async {
        let workshop = ImageWorkshop(limits: ImageLimits(maxSide: 120), profile: .off)
        let files = everyKind.map(\.bytes)
        let alone = files.map { workshop.prepare($0).image }
        await withTaskGroup(of: [PreparedImage?].self) { group in
            for _ in 0..<8 {
                group.addTask { @concurrent in files.map { workshop.prepare($0).image } }
            }
            for await together in group { #expect(together == alone) }
        }
    }

    @Test func thumbnailsAreSmallAndUpright() throws {
        let photo = turned(portrait.stored(for: 6).jpeg(), orientation: 6)
        let thumbnail = try #require(plainWorkshop.thumbnail(of: photo, side: 80))
        #expect(try ImageProbe.header(of: thumbnail).size == PixelSize(width: 60, height: 80))
    }

    @Test func whatIsCutShortStillHasAThumbnail() throws {
        for file in [portrait.jpeg(), portrait.jpeg(asCMYK: true), portrait.png(), portrait.tiff()] {
            let cut = Array(file.prefix(file.count * 2 / 3))
            #expect(plainWorkshop.prepare(cut).image == nil)
            // libtiff finds the directory of these files at their end: nothing can be shown of them.
            if ImageFormat(firstBytes: cut) == .tiff { continue }
            let thumbnail = try #require(plainWorkshop.thumbnail(of: cut, side: 100))
            let shown = try #require(Drawing(jpeg: thumbnail))
            let whole = try #require(plainWorkshop.thumbnail(of: file, side: 100).flatMap { Drawing(jpeg: $0) })
            #expect(shown[50, 10].isNear(whole[50, 10], within: 12))
        }
        #expect(plainWorkshop.thumbnail(of: Array("no picture".utf8), side: 100) == nil)
    }
}
