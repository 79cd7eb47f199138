// SPDX-License-Identifier: Apache-2.0

extension QualityProfile {
    /// The keys of a profile file: `size.reject` in pixels of the short side, all others in scores of 0 to 100.
    public static var keys: [String] {
        ["size.reject"] + bounds.flatMap { ["\($0.name).warn", "\($0.name).reject"] }
    }

    /// Changes one threshold; a threshold of pixels makes the profile look at pixels.
    ///
    /// - Parameters:
    ///   - key: One of `keys`.
    ///   - value: The threshold, 0 for never; at most 100 where it is a score.
    /// - Returns: Whether the key is known and the value possible; if not, nothing has changed.
    public mutating func set(_ key: String, _ value: Double) -> Bool {
        if key == "size.reject" {
            guard value >= 0, value <= 65_535 else { return false }
            minSide = max(1, Int(value))
            return true
        }
        guard value >= 0, value <= 100 else { return false }
        for (name, path) in Self.bounds {
            switch key {
            case "\(name).warn": self[keyPath: path].warn = value
            case "\(name).reject": self[keyPath: path].reject = value
            default: continue
            }
            measuresPixels = true
            return true
        }
        return false
    }

    private static var bounds: [(name: String, path: WritableKeyPath<QualityProfile, QualityBounds>)] {
        [
            ("sharpness", \.sharpness), ("laplacian", \.laplacian), ("luminance", \.luminance), ("shadow", \.shadow),
            ("highlight", \.highlight), ("entropy", \.entropy), ("contrast", \.contrast), ("colour", \.colour),
            ("evenness", \.evenness),
        ]
    }
}
