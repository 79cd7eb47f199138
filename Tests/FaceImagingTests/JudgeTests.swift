// SPDX-License-Identifier: Apache-2.0

import CTurboJPEG
import FaceImaging
import FaceModel
import Testing

/// What `check` says of a photo is what `import` does with it.
@Suite struct JudgeTests {
    private let workshop = ImageWorkshop(limits: ImageLimits(maxSide: 640), profile: .hr)

    /// Photos that do not fit, so that a picture would have to be made of each.
    private static let photos: [(name: String, file: [UInt8])] = {
        let portrait = Drawing.portrait(3, width: 1000, height: 1333)
        let jpeg = portrait.jpeg()
        return [
            ("large", jpeg), ("full colour", portrait.jpeg(sampling: TJSAMP_444)),
            ("half colour", portrait.jpeg(sampling: TJSAMP_422)), ("grey", portrait.jpeg(sampling: TJSAMP_GRAY)),
            ("progressive", portrait.jpeg(isProgressive: true)), ("CMYK", portrait.jpeg(asCMYK: true)),
            ("turned", turned(jpeg, orientation: 6)),
            ("just above the limit", Drawing.portrait(4, width: 641, height: 500).jpeg()),
            ("small and turned", turned(Drawing.portrait(5, width: 240, height: 320).jpeg(), orientation: 8)),
            ("PNG", portrait.png()), ("blurred", portrait.blurred(30).jpeg()),
            ("dark", portrait.varied(1, light: 0.05, tint: 1, noise: 0).jpeg()),
            ("cut", Array(jpeg.dropLast(jpeg.count / 3))), ("no picture", Array("no picture".utf8)),
        ]
    }()

    @Test(arguments: photos)
    func judgingSaysWhatPreparingSays(_ photo: (name: String, file: [UInt8])) throws {
        let (judged, prepared) = (workshop.judge(photo.file), workshop.prepare(photo.file))
        #expect(judged.rejection?.reason == prepared.rejection?.reason)
        #expect(judged.warnings.map(\.reason) == prepared.warnings.map(\.reason))
        #expect(judged.image == nil)
        #expect(judged.measures.map(\.name) == prepared.measures.map(\.name))
        for (one, other) in zip(judged.measures, prepared.measures) {
            #expect(abs(one.score - other.score) <= 1.5, "\(one.name)")
        }
        if let hash = judged.pictureHash {
            #expect(hash.distance(to: try #require(prepared.pictureHash)) <= PictureHash.sameLimit / 4)
        }
    }

    @Test func whatFitsComesBackAsItIs() {
        let file = Drawing.portrait(1, width: 300, height: 400).jpeg()
        #expect(workshop.judge(file).image?.bytes == file)
    }

    @Test func limitsThatNoPictureKeepsToAreFoundToo() {
        let workshop = ImageWorkshop(limits: ImageLimits(maxBytes: 300), profile: .off)
        #expect(workshop.judge(Drawing.portrait(1, width: 300, height: 400).png()).rejection?.reason == .imageTooLarge)
    }
}
