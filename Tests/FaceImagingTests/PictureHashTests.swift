// SPDX-License-Identifier: Apache-2.0

import CTurboJPEG
import FaceImaging
import FaceModel
import Testing

@Suite struct PictureHashTests {
    @Test func twoThousandPortraitsAreNotMistakenForOneAnother() throws {
        let hashes = try (0..<2000).map { seed in
            try #require(plainWorkshop.hash(of: Drawing.portrait(seed, width: 60, height: 80).bmp()))
        }
        var nearest = Int.max
        for index in hashes.indices {
            for other in 0..<index { nearest = min(nearest, hashes[index].distance(to: hashes[other])) }
        }
        #expect(nearest > PictureHash.sameLimit)
    }

    @Test(arguments: 0..<12)
    func thePictureStoredAgainIsTheSame(_ seed: Int) throws {
        let portrait = Drawing.portrait(seed, width: 300, height: 400).varied(seed, light: 1, tint: 1, noise: 5)
        let hash = try #require(plainWorkshop.hash(of: portrait.png()))
        let shrunk = ImageWorkshop(limits: ImageLimits(maxSide: 150), profile: .off).prepare(portrait.png()).image
        let files = [
            portrait.jpeg(quality: 50), portrait.jpeg(quality: 75, sampling: TJSAMP_444),
            portrait.jpeg(isProgressive: true), portrait.bmp(), portrait.tiff(), try #require(shrunk).bytes,
        ]
        for file in files {
            let again = try #require(plainWorkshop.hash(of: file))
            #expect(hash.distance(to: again) <= PictureHash.sameLimit / 2)
        }
    }

    /// Sizes at which no scale of the JPEG decoder comes out even.
    @Test(arguments: [(231, 308), (369, 492), (411, 548)])
    func thePictureInAnotherSizeIsTheSame(_ width: Int, _ height: Int) throws {
        let hash = try #require(plainWorkshop.hash(of: Drawing.portrait(6, width: 600, height: 800).png()))
        let other = Drawing.portrait(6, width: width, height: height)
        for file in [other.jpeg(), other.jpeg(asCMYK: true), other.png()] {
            let again = try #require(plainWorkshop.hash(of: file))
            #expect(hash.distance(to: again) <= PictureHash.sameLimit)
        }
    }

    @Test func aHashComesBackFromItsWords() throws {
        let hash = try #require(plainWorkshop.hash(of: Drawing.portrait(1, width: 60, height: 80).bmp()))
        #expect(hash.words.count == 8)
        #expect(PictureHash(words: hash.words) == hash)
        #expect(PictureHash(words: [1, 2, 3]) == nil)
    }

    @Test func distanceIsTheSumOfDifferencesOfSignedBytes() throws {
        var random = SeededRandom(3)
        for _ in 0..<200 {
            let (one, two) = ((0..<8).map { _ in random.next() }, (0..<8).map { _ in random.next() })
            let expected = (0..<64).reduce(0) { sum, at in
                func byte(_ words: [UInt64]) -> Int { Int(Int8(truncatingIfNeeded: words[at / 8] >> (at % 8 * 8))) }
                return sum + abs(byte(one) - byte(two))
            }
            let (first, second) = try (#require(PictureHash(words: one)), #require(PictureHash(words: two)))
            #expect(first.distance(to: second) == expected)
            #expect(second.distance(to: first) == expected)
            #expect(first.distance(to: first) == 0)
        }
    }

    @Test func theHashOfAPreparationIsThatOfThePhoto() throws {
        let photo = Drawing.portrait(1, width: 300, height: 400).jpeg()
        let prepared = ImageWorkshop(limits: ImageLimits(), profile: .hr).prepare(photo)
        #expect(prepared.pictureHash == plainWorkshop.hash(of: photo))
        #expect(plainWorkshop.prepare(photo).pictureHash == nil)
    }
}
