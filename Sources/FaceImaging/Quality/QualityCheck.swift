// SPDX-License-Identifier: Apache-2.0

import FaceModel

/// Judges what was measured by the thresholds of a profile.
struct QualityCheck {
    let profile: QualityProfile
    private(set) var measures: [QualityMeasure] = []
    private(set) var warnings: [Rejection] = []
    /// The first measure that refuses the picture; size comes first, then broken light, then blur.
    private(set) var rejection: Rejection?

    init(profile: QualityProfile) { self.profile = profile }

    /// Judges the size of a picture.
    mutating func judge(_ size: PixelSize) {
        let least = profile.minSide
        func score(_ side: Int) -> Double { Double(side) / 4.8 }
        let measure = QualityMeasure(
            "size",
            raw: Double(size.shortSide),
            score: score(size.shortSide),
            bounds: QualityBounds(reject: min(100, score(least)))
        )
        measures.append(measure)
        if measure.verdict == .reject {
            rejection = Rejection(.imageTooSmall, "\(size), at least \(least) on the short side")
        }
    }

    /// Judges the pixels of a picture.
    ///
    /// - Parameters:
    ///   - light: What its luminance says.
    ///   - colourfulness: The mean distance of its colours from grey, in steps of Cb and Cr.
    mutating func judge(_ light: LuminanceStatistics, colourfulness: Double) {
        judge("contrast", raw: light.contrast, score: light.contrast / 1.28, profile.contrast, .qualityFlat)
        judge("entropy", raw: light.entropy, score: light.entropy / 0.08, profile.entropy, .qualityFlat)
        judge("sharpness", raw: light.sharpness, score: light.sharpness * 400, profile.sharpness, .qualityBlurred)
        judge("laplacian", raw: light.laplacian, score: light.laplacian / 4, profile.laplacian, .qualityBlurred)
        let isDark = light.mean < 135
        let luminance = isDark ? (light.mean - 10) / 0.8 : (250 - light.mean) / 0.7
        let side: Reason = isDark ? .qualityDark : .qualityBright
        judge("luminance", raw: light.mean, score: luminance, profile.luminance, side)
        let (under, over) = (light.underexposed * 100, light.overexposed * 100)
        judge("shadow", raw: under, score: 100 - under, profile.shadow, .qualityDark)
        judge("highlight", raw: over, score: 100 - over, profile.highlight, .qualityBright)
        judge("evenness", raw: light.imbalance, score: 100 - light.imbalance * 100, profile.evenness, .qualityUneven)
        judge("colour", raw: colourfulness, score: colourfulness * 20, profile.colour, .qualityGrey)
    }

    private mutating func judge(
        _ name: String,
        raw: Double,
        score: Double,
        _ bounds: QualityBounds,
        _ reason: Reason
    ) {
        let measure = QualityMeasure(name, raw: raw, score: score, bounds: bounds)
        measures.append(measure)
        guard measure.verdict != .pass, let threshold = measure.threshold else { return }
        // Rounded down, so that a score just below the threshold does not read as if it reached it.
        let found = Rejection(reason, "\(name) \(Int(measure.score)), at least \(Self.text(threshold))")
        if measure.verdict == .warn {
            // Two measures may say the same; one sentence is enough.
            if !warnings.contains(where: { $0.reason == reason }) { warnings.append(found) }
        } else if rejection == nil {
            rejection = found
        }
    }

    private static func text(_ score: Double) -> String {
        score == score.rounded() ? String(Int(score)) : String(score)
    }
}
