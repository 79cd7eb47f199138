// SPDX-License-Identifier: Apache-2.0

/// How a measure was judged.
public enum Verdict: String, Sendable, CaseIterable {
    /// Good enough.
    case pass
    /// Worth telling, no reason to refuse the portrait.
    case warn
    /// Too bad to be sent to a device.
    case reject
}

/// One thing that was measured of a picture; `docs/quality.md` gives the formulas.
public struct QualityMeasure: Sendable, Hashable {
    /// The name, as in the keys of a profile (`sharpness`).
    public var name: String
    /// What was measured, in its own unit.
    public var raw: Double
    /// The raw value mapped to 0 (worst) to 100 (best), in the manner of ISO/IEC 29794-5.
    public var score: Double
    /// The score that decided the verdict, or would have decided it first; nil where the profile does not judge it.
    public var threshold: Double?
    /// How it was judged.
    public var verdict: Verdict

    init(_ name: String, raw: Double, score: Double, bounds: QualityBounds) {
        self.name = name
        self.raw = raw
        self.score = min(100, max(0, score))
        if self.score < bounds.reject {
            (verdict, threshold) = (.reject, bounds.reject)
        } else if self.score < bounds.warn {
            (verdict, threshold) = (.warn, bounds.warn)
        } else {
            verdict = .pass
            let first = max(bounds.warn, bounds.reject)
            threshold = first > 0 ? first : nil
        }
    }
}

/// The scores below which a measure is a warning or a rejection; 0 is never.
public struct QualityBounds: Sendable, Hashable {
    /// Scores below this are told as a warning.
    public var warn: Double
    /// Scores below this refuse the portrait.
    public var reject: Double

    /// Takes two scores.
    ///
    /// - Parameters:
    ///   - warn: Scores below this are a warning.
    ///   - reject: Scores below this are a rejection.
    public init(warn: Double = 0, reject: Double = 0) {
        self.warn = warn
        self.reject = reject
    }
}
