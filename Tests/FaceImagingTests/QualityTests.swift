// SPDX-License-Identifier: Apache-2.0

import FaceImaging
import FaceModel
import Testing

@Suite struct QualityTests {
    private let hr = ImageWorkshop(limits: ImageLimits(), profile: .hr)

    @Test func goodPortraitsGoThrough() {
        var random = SeededRandom(11)
        var refused: [Rejection] = []
        for seed in 0..<40 {
            let portrait = Drawing.portrait(seed, width: 300, height: 400).varied(
                seed,
                light: Double.random(in: 0.6...1.3, using: &random),
                tint: Double.random(in: 0.9...1.1, using: &random),
                noise: Double.random(in: 0...10, using: &random)
            )
            let result = hr.prepare(portrait.jpeg(quality: Int.random(in: 70...95, using: &random)))
            if let rejection = result.rejection { refused.append(rejection) }
        }
        #expect(refused.isEmpty)
    }

    @Test(arguments: 0..<10)
    func blurredPortraitsAreRefused(_ seed: Int) {
        let blurred = Drawing.portrait(seed, width: 300, height: 400).blurred(8)
        let result = hr.prepare(blurred.varied(seed, light: 1, tint: 1, noise: 4).jpeg())
        #expect(result.rejection?.reason == .qualityBlurred)
        let measure = result.measures.first { $0.name == "sharpness" }
        #expect(measure?.verdict == .reject)
        #expect(measure?.threshold == 20)
        #expect(result.rejection?.detail == "sharpness \(Int(measure?.score ?? -1)), at least 20")
        #expect(plainWorkshop.prepare(blurred.jpeg()).rejection == nil)
    }

    @Test func sharpnessDoesNotDependOnTheSizeOfThePhoto() throws {
        func sharpness(_ width: Int) -> Double {
            let photo = Drawing.portrait(5, width: width, height: width * 4 / 3).jpeg()
            return hr.prepare(photo).measures.first { $0.name == "sharpness" }?.raw ?? 0
        }
        let (small, large) = (sharpness(300), sharpness(900))
        #expect(small > 0.1)
        #expect(abs(small - large) < 0.25 * small)
    }

    @Test(arguments: [0.0, 120, 255])
    func blankPagesAreRefused(_ tone: Double) {
        var page = Drawing(width: 300, height: 400)
        page.paint { _, _ in Color(red: tone, green: tone, blue: tone) }
        for photo in [page, page.varied(1, light: 1, tint: 1, noise: 4)] {
            #expect(hr.prepare(photo.jpeg()).rejection?.reason == .qualityFlat)
        }
    }

    @Test func badLightIsAWarningOnly() {
        let portrait = Drawing.portrait(4, width: 300, height: 400)
        let dark = hr.prepare(portrait.varied(1, light: 0.25, tint: 1, noise: 0).jpeg())
        #expect(dark.rejection == nil)
        #expect(dark.warnings.map(\.reason).contains(.qualityDark))
        let bright = hr.prepare(portrait.varied(1, light: 1.9, tint: 1, noise: 0).jpeg())
        #expect(bright.rejection == nil)
        #expect(bright.warnings.map(\.reason).contains(.qualityBright))
    }

    @Test func greyIsAWarningOnly() {
        let result = hr.prepare(Drawing.portrait(4, width: 300, height: 400).png(.grey))
        #expect(result.rejection == nil)
        #expect(result.warnings.map(\.reason) == [.qualityGrey])
    }

    @Test func lightFromOneSideIsAWarningOnly() {
        var portrait = Drawing.portrait(4, width: 300, height: 400)
        for row in 0..<400 {
            for column in 0..<150 { portrait[column, row] = portrait[column, row].darker(0.25) }
        }
        let result = hr.prepare(portrait.jpeg())
        #expect(result.rejection == nil)
        #expect(result.warnings.map(\.reason).contains(.qualityUneven))
    }

    @Test func watchlistIsMoreLenient() {
        let soft = Drawing.portrait(2, width: 120, height: 160).blurred(1)
        #expect(hr.prepare(soft.jpeg()).rejection != nil)
        #expect(ImageWorkshop(limits: ImageLimits(), profile: .watchlist).prepare(soft.jpeg()).rejection == nil)
    }

    @Test func everyKeyChangesTheProfile() {
        for key in QualityProfile.keys {
            var profile = QualityProfile.off
            let isSet = profile.set(key, 55)
            #expect(isSet, "\(key)")
            #expect(profile != .off, "\(key)")
        }
        var profile = QualityProfile.hr
        for (key, value) in [
            ("sharpness", 5), ("sharpness.reject", 101), ("luminance.warn", -1), ("size.reject", .nan),
        ] {
            let isSet = profile.set(key, value)
            #expect(!isSet, "\(key)")
        }
        #expect(profile == .hr)
        let isSet = profile.set("size.reject", 500)
        #expect(isSet)
        let portrait = Drawing.portrait(1, width: 300, height: 400).jpeg()
        let result = ImageWorkshop(limits: ImageLimits(), profile: profile).prepare(portrait)
        #expect(result.rejection?.reason == .imageTooSmall)
    }

    @Test func profilesAreFoundByName() {
        #expect(QualityProfile.named("hr") == .hr)
        #expect(QualityProfile.named("watchlist") == .watchlist)
        #expect(QualityProfile.named("off") == .off)
        #expect(QualityProfile.named("HR") == nil)
    }

    @Test func allMeasuresAreTold() {
        let result = hr.prepare(Drawing.portrait(1, width: 300, height: 400).jpeg())
        let names = Set(QualityProfile.keys.compactMap { $0.split(separator: ".").first.map(String.init) })
        #expect(Set(result.measures.map(\.name)) == names)
        #expect(result.measures.allSatisfy { (0...100).contains($0.score) })
    }
}
