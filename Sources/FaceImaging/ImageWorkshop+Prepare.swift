// SPDX-License-Identifier: Apache-2.0

import FaceModel

extension ImageWorkshop {
    /// Bytes after the end of a picture that do not keep it from being sent as it is: padding, not a second picture.
    private static let padding = 1024
    /// The qualities that are tried, best first, before a picture is shrunk further.
    private static let qualities = [90, 85, 80, 75, 70, 60]
    /// A picture is not shrunk below this long side to save bytes.
    private static let leastSide = 96

    func prepare(
        _ photo: [UInt8],
        _ view: ByteView,
        _ finding: ImageProbe.Finding,
        makesImage: Bool,
        into preparation: inout Preparation
    ) throws(Rejection) {
        let header = finding.header
        try refuseBomb(header)
        guard header.isComplete else {
            throw Rejection(.imageTruncated, "the file ends before the picture does, after \(header.bytes) bytes")
        }
        var check = QualityCheck(profile: profile)
        defer {
            preparation.measures = check.measures
            preparation.warnings = check.warnings
        }
        check.judge(header.uprightSize)
        if let rejection = check.rejection { throw rejection }

        let fits = fits(header)
        let original = PreparedImage(bytes: photo, format: header.format, size: header.size, isOriginal: true)
        // The structure of a TIFF file does not show whether it was cut; the other formats end with a mark.
        if fits && !profile.measuresPixels && header.format != .tiff {
            preparation.image = original
            return
        }
        try withBench { (bench) throws(Rejection) in
            let converts = !fits && (makesImage || !canAlwaysConvert)
            let isFull = converts || !fits && !DCTScale.measuresAlike(finding.jpeg)
            let side = isFull ? max(LuminanceStatistics.side, limits.maxSide) : LuminanceStatistics.side
            try decode(view, finding, atLeast: side, on: bench)
            preparation.pictureHash = bench.hash(orientation: header.orientation)
            if profile.measuresPixels {
                check.judge(LuminanceStatistics(bench.small.upright), colourfulness: bench.colourfulness())
                if let rejection = check.rejection { throw rejection }
            }
            if fits {
                preparation.image = original
            } else if converts {
                preparation.image = try convert(header, on: bench)
            }
        }
    }

    /// Whether a photo may be sent as it is (design rule 10).
    private func fits(_ header: ImageHeader) -> Bool {
        header.format.isTakenByDevices && header.isCommonCoding
            && header.orientation == 1
            && header.size.longSide <= limits.maxSide
            && header.bytes <= limits.maxBytes
            && header.color != .cmyk
            && header.bitsPerSample == 8 && !header.hasAlpha
            && header.trailingBytes <= Self.padding
    }

    /// Whether the limits leave room for every picture that can be decoded, once it is shrunk far enough.
    private var canAlwaysConvert: Bool {
        limits.maxBytes >= JPEGEncoder.mostBytes(of: PixelSize(width: Self.leastSide, height: Self.leastSide))
    }

    /// Makes a JPEG of what was decoded, of less quality and then of fewer pixels until it is small enough.
    private func convert(_ header: ImageHeader, on bench: Workbench) throws(Rejection) -> PreparedImage {
        var size = header.size.fitting(limits.maxSide)
        var smallest = Int.max
        repeat {
            let planes = bench.upright(size, orientation: header.orientation)
            for quality in Self.qualities {
                let bytes = try bench.encoder.encode(planes, quality: quality)
                if bytes.count <= limits.maxBytes {
                    return PreparedImage(bytes: bytes, format: .jpeg, size: planes.size, isOriginal: false)
                }
                smallest = min(smallest, bytes.count)
            }
            size = size.fitting(size.longSide * 3 / 4)
        } while size.longSide >= Self.leastSide
        throw Rejection(.imageTooLarge, "still \(smallest) bytes when shrunk, at most \(limits.maxBytes)")
    }
}
