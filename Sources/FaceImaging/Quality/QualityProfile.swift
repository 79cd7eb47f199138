// SPDX-License-Identifier: Apache-2.0

/// The thresholds a picture is judged by; `docs/quality.md` explains every one of them.
public struct QualityProfile: Sendable, Hashable {
    /// The name, as given to `--quality`.
    public var name: String
    /// The fewest pixels of the short side.
    public var minSide: Int
    /// Whether pixels are looked at; without it only what cannot be read or prepared is refused.
    public var measuresPixels: Bool
    /// How sharp the sharpest edges are, at a fixed scale.
    public var sharpness = QualityBounds()
    /// How much fine detail there is, by the variance of the Laplacian, at the same scale.
    public var laplacian = QualityBounds()
    /// The mean luminance of the middle of the picture.
    public var luminance = QualityBounds()
    /// The share of the middle that is not underexposed.
    public var shadow = QualityBounds()
    /// The share of the middle that is not overexposed.
    public var highlight = QualityBounds()
    /// The entropy of the luminance, which is the dynamic range that is used.
    public var entropy = QualityBounds()
    /// The distance of the dark from the bright tones.
    public var contrast = QualityBounds()
    /// How far colours are from grey.
    public var colour = QualityBounds()
    /// How equally the left and the right half of the middle are lit.
    public var evenness = QualityBounds()

    /// Portraits of employees, taken for the purpose.
    public static let hr = QualityProfile(name: "hr", minSide: 160)

    /// Pictures of wanted or missing persons, often cut from a video: whatever a device might still recognise.
    public static let watchlist = {
        var profile = QualityProfile(name: "watchlist", minSide: 64)
        profile.sharpness = QualityBounds(warn: 20, reject: 8)
        profile.entropy.reject = 8
        profile.contrast.reject = 4
        return profile
    }()

    /// No quality check: only what cannot be read or prepared is refused.
    public static let off = QualityProfile(measuringNothing: "off")

    /// A profile that comes with the program.
    ///
    /// - Parameter name: `hr`, `watchlist` or `off`.
    /// - Returns: The profile, or nil for another name.
    public static func named(_ name: String) -> QualityProfile? {
        [hr, watchlist, off].first { $0.name == name }
    }

    private init(name: String, minSide: Int) {
        self.name = name
        self.minSide = minSide
        measuresPixels = true
        sharpness = QualityBounds(warn: 30, reject: 20)
        luminance = QualityBounds(warn: 35)
        shadow = QualityBounds(warn: 35)
        highlight = QualityBounds(warn: 50)
        entropy = QualityBounds(warn: 25, reject: 12)
        contrast = QualityBounds(warn: 20, reject: 8)
        colour = QualityBounds(warn: 20)
        evenness = QualityBounds(warn: 60)
    }

    private init(measuringNothing name: String) {
        self.name = name
        minSide = 1
        measuresPixels = false
    }
}
