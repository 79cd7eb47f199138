// SPDX-License-Identifier: Apache-2.0

import CTurboJPEG
import FaceImaging
import FaceModel
import Testing

@Suite struct OrientationTests {
    private let drawing = Drawing.quadrants()

    @Test(arguments: 1...8, [true, false])
    func jpegIsTurnedUpright(_ orientation: Int, _ isBigEndian: Bool) throws {
        let stored = drawing.stored(for: orientation).jpeg(quality: 95, sampling: TJSAMP_444)
        let photo = turned(stored, orientation: orientation, isBigEndian: isBigEndian)
        #expect(try ImageProbe.header(of: photo).orientation == orientation)
        let result = plainWorkshop.prepare(photo)
        #expect(result.image?.size == drawing.size)
        #expect(showsQuadrants(result.image))
        #expect(result.image?.isOriginal == (orientation == 1))
    }

    @Test(arguments: 1...8)
    func oddSizesAreTurnedUpright(_ orientation: Int) throws {
        let odd = Drawing.quadrants(width: 61, height: 43)
        for sampling in [TJSAMP_420, TJSAMP_422, TJSAMP_440, TJSAMP_411] {
            let stored = odd.stored(for: orientation).jpeg(quality: 95, sampling: sampling)
            let image = plainWorkshop.prepare(turned(stored, orientation: orientation)).image
            #expect(image?.size == odd.size)
            #expect(showsQuadrants(image))
        }
    }

    @Test(arguments: 2...8)
    func tiffAndPNGAreTurnedUpright(_ orientation: Int) {
        let stored = drawing.stored(for: orientation)
        for file in [
            stored.tiff(orientation: orientation), stored.tiff(orientation: orientation, isBigEndian: true),
            stored.png(orientation: orientation),
        ] {
            let image = plainWorkshop.prepare(file).image
            #expect(image?.size == drawing.size)
            #expect(showsQuadrants(image))
        }
    }

    @Test func webpIsTurnedByItsEXIF() {
        let image = plainWorkshop.prepare(fixture("turned.webp")).image
        #expect(image?.size == drawing.size)
        #expect(showsQuadrants(image))
    }

    @Test func heicIsTurnedOnceByItsOwnBoxes() throws {
        let turned = try #require(plainWorkshop.prepare(fixture("turned.heic")).image)
        #expect(turned.size == PixelSize(width: 64, height: 96))
        let right = try #require(Drawing(jpeg: turned.bytes)).corners
        #expect(zip(right, [Drawing.blue, Drawing.red, Drawing.yellow, Drawing.green]).allSatisfy { $0.isNear($1) })
        let mirrored = try #require(plainWorkshop.prepare(fixture("mirrored.heic")).image)
        let corners = try #require(Drawing(jpeg: mirrored.bytes)).corners
        #expect(zip(corners, [Drawing.green, Drawing.red, Drawing.yellow, Drawing.blue]).allSatisfy { $0.isNear($1) })
    }

    @Test func theQualityCheckSeesTheUprightPicture() {
        let upright = Drawing.portrait(3, width: 150, height: 200)
        let plain = plainWorkshop.hash(of: upright.jpeg())
        for orientation in 2...8 {
            let stored = turned(upright.stored(for: orientation).jpeg(), orientation: orientation)
            let distance = plainWorkshop.hash(of: stored).flatMap { plain?.distance(to: $0) }
            #expect((distance ?? .max) <= PictureHash.sameLimit)
        }
    }
}
