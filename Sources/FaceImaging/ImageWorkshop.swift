// SPDX-License-Identifier: Apache-2.0

import FaceModel
import Synchronization

/// Prepares photos for a device: judges them, and makes of each the picture to send.
///
/// Any number of tasks may call it at once; each call works on a bench of its own, and benches are used again.
/// Every call is plain work on the caller's thread, milliseconds for a photo from a phone. Equal bytes, limits and
/// profile give equal results.
public final class ImageWorkshop: Sendable {
    /// What prepared pictures keep to.
    public let limits: ImageLimits
    /// What photos are judged by.
    public let profile: QualityProfile
    private let benches = Mutex<[Workbench]>([])
    /// Held while a photo is decoded that needs tens of megabytes, so that memory does not grow with the cores.
    private let largeDecode = Mutex<Void>(())

    /// Sets up a workshop; it takes memory only as it is used.
    ///
    /// - Parameters:
    ///   - limits: What prepared pictures must keep to.
    ///   - profile: What photos are judged by.
    public init(limits: ImageLimits, profile: QualityProfile) {
        self.limits = limits
        self.profile = profile
    }

    /// Judges a photo and makes the picture to send of it.
    ///
    /// A photo that meets the limits as it is comes back byte for byte; any other one upright, as a JPEG in sRGB with
    /// 4:2:0 and without metadata. Colour profiles inside photos are not read: their numbers are taken as sRGB.
    ///
    /// - Parameter photo: The whole file.
    /// - Returns: What was found, with either a picture or a rejection.
    public func prepare(_ photo: [UInt8]) -> Preparation { examine(photo, makesImage: true) }

    /// Judges a photo as ``prepare(_:)`` does, without making a picture of it.
    ///
    /// A JPEG is decoded no larger than it is measured, which takes half the time and less.
    ///
    /// - Parameter photo: The whole file.
    /// - Returns: What was found; a rejection exactly where ``prepare(_:)`` has one, and a picture only where that is
    ///   the photo itself.
    public func judge(_ photo: [UInt8]) -> Preparation { examine(photo, makesImage: false) }

    private func examine(_ photo: [UInt8], makesImage: Bool) -> Preparation {
        var preparation = Preparation()
        do throws(Rejection) {
            try photo.withUnsafeBufferPointer { (bytes) throws(Rejection) in
                let view = ByteView(bytes)
                let finding = try ImageProbe.probe(view)
                preparation.header = finding.header
                try prepare(photo, view, finding, makesImage: makesImage, into: &preparation)
            }
        } catch {
            preparation.rejection = error
        }
        return preparation
    }

    /// What a photo looks like, to be compared with others.
    ///
    /// - Parameter photo: The whole file.
    /// - Returns: Its hash, or nil where it cannot be decoded whole.
    public func hash(of photo: [UInt8]) -> PictureHash? {
        photo.withUnsafeBufferPointer { bytes in
            let view = ByteView(bytes)
            return try? withBench { (bench) throws(Rejection) -> PictureHash in
                let finding = try ImageProbe.probe(view)
                try refuseBomb(finding.header)
                try decode(view, finding, atLeast: LuminanceStatistics.side, on: bench)
                return bench.hash(orientation: finding.header.orientation)
            }
        }
    }

    /// A small upright JPEG of a photo for people to look at, also of one that is cut short, as far as it goes.
    ///
    /// - Parameters:
    ///   - photo: The whole file.
    ///   - side: The longest side in pixels.
    /// - Returns: The file, or nil where nothing can be shown.
    public func thumbnail(of photo: [UInt8], side: Int) -> [UInt8]? {
        photo.withUnsafeBufferPointer { bytes in
            let view = ByteView(bytes)
            return try? withBench { (bench) throws(Rejection) -> [UInt8] in
                let finding = try ImageProbe.probe(view)
                try refuseBomb(finding.header)
                bench.pixels.ground = 192
                do throws(Rejection) {
                    try decode(view, finding, atLeast: side, on: bench)
                } catch {
                    // What was not reached stays grey; nothing at all was decoded where the format is at fault.
                    guard error.reason == .imageTruncated else { throw error }
                    if finding.jpeg?.isPlanar != true {
                        guard bench.pixels.count > 0 else { throw error }
                        try bench.takePixels(atLeast: side)
                    }
                }
                let size = bench.decoded.size.fitting(max(1, side))
                let planes = bench.upright(size, orientation: finding.header.orientation)
                return try bench.encoder.encode(planes, quality: 80)
            }
        }
    }

    func refuseBomb(_ header: ImageHeader) throws(Rejection) {
        guard header.size.area > limits.maxPixels else { return }
        let millions = (header.size.area / 100_000, limits.maxPixels / 100_000)
        throw Rejection(
            .imageBomb,
            "\(header.size), \(Double(millions.0) / 10) megapixels, at most \(Double(millions.1) / 10)"
        )
    }

    /// Decodes into the planes of a bench, one large photo at a time.
    func decode(
        _ view: ByteView,
        _ finding: ImageProbe.Finding,
        atLeast side: Int,
        on bench: Workbench
    ) throws(Rejection) {
        // A baseline JPEG is decoded small at once; all else is held in full.
        let isHeldInFull = finding.header.format != .jpeg || finding.header.isProgressive
        guard isHeldInFull, finding.header.size.area > 8_000_000 else {
            return try bench.decode(view, finding, atLeast: side)
        }
        try largeDecode.withLock { (_) throws(Rejection) in
            try bench.decode(view, finding, atLeast: side)
        }
    }

    func withBench<Result>(_ body: (Workbench) throws(Rejection) -> Result) throws(Rejection) -> Result {
        let kept = benches.withLock { $0.popLast() }
        guard let bench = kept ?? Workbench() else {
            throw Rejection(.imageFormat, "libturbojpeg could not be started")
        }
        defer {
            bench.tidy()
            benches.withLock { $0.append(bench) }
        }
        return try body(bench)
    }
}
