// SPDX-License-Identifier: Apache-2.0

import CJPEGWarnings
import FaceModel

/// What was lost in a JPEG file that libjpeg warns of: every warning counts, and each for what it means.
struct JPEGDamage {
    /// Bytes between two markers of the picture that no decoder needs.
    private struct Stray {
        var place: Range<Int>
        var words: String
    }

    /// A scan that does not end costs time without end; libturbojpeg's bound.
    private static let mostScans: Int32 = 500
    /// How many bytes libjpeg may have read ahead of the pixels, and some.
    private static let readAhead = 16

    private let view: ByteView
    private var strays: [Stray] = []
    /// libjpeg's words for the first pixels that it made up.
    private var loss: String?

    private init(_ view: ByteView) { self.view = view }

    /// Reads a file of which libturbojpeg has warned, and refuses it unless every pixel is there.
    ///
    /// - Parameter view: The file.
    /// - Throws: `image.truncated` where pixels are lost, `image.format` where libjpeg gives up; with libjpeg's words.
    static func refuse(_ view: ByteView) throws(Rejection) {
        var damage = JPEGDamage(view)
        var words = [CChar](repeating: 0, count: 200)
        let status = withUnsafeMutablePointer(to: &damage) { target in
            fl_jpeg_warnings(
                view.base.baseAddress,
                view.count,
                mostScans,
                { $0?.assumingMemoryBound(to: JPEGDamage.self).pointee.take($1.pointee) },
                target,
                &words,
                words.count
            )
        }
        guard status == 0 else {
            let text = words.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
            throw Rejection(.imageFormat, String(decoding: text, as: UTF8.self))
        }
        if let lost = damage.lost { throw Rejection(.imageTruncated, lost) }
    }

    private mutating func take(_ warning: fl_jpeg_warning) {
        switch J_MESSAGE_CODE(UInt32(warning.code)) {
        case JWRN_JFIF_MAJOR, JWRN_ADOBE_XFORM, JWRN_NOT_SEQUENTIAL:
            // Odd numbers in a header which the decoder does not go by.
            break
        case JWRN_EXTRANEOUS_DATA where warning.scans == 0:
            // Between the segments of the header; what is missing there is an error, not a warning.
            break
        case JWRN_EXTRANEOUS_DATA:
            let end = min(warning.place, view.count)
            let start = max(0, end - Int(warning.skipped))
            strays.append(Stray(place: start..<end, words: String(cString: warning.words)))
        default:
            loss = loss ?? String(cString: warning.words)
        }
    }

    /// libjpeg's words for what was lost, or nil where every pixel is there.
    private var lost: String? {
        if let loss { return loss }
        if isHabit { return nil }
        return strays.first { !isPadding($0.place) }?.words
    }

    /// Whether bytes are padding: all alike, and no more of them than libjpeg passed over.
    ///
    /// What is left over of a picture whose bits have shifted is as varied as the picture. A hole of zeroes is alike, but
    /// begins well before: the pixels in it were decoded from zeroes.
    private func isPadding(_ place: Range<Int>) -> Bool {
        guard let byte = view[place.lowerBound], place.allSatisfy({ view[$0] == byte }) else { return false }
        let before = max(0, place.lowerBound - Self.readAhead - 1)..<place.lowerBound
        return before.count <= Self.readAhead || before.contains { view[$0] != byte }
    }

    /// Whether the writer of the file puts a few bytes before each restart marker: no damage is so regular.
    private var isHabit: Bool {
        guard strays.count >= 4, strays.allSatisfy({ $0.place.count <= Self.readAhead }) else { return false }
        return strays.count >= restarts
    }

    /// How many restart markers the file has.
    private var restarts: Int {
        var count = 0
        var at = 0
        while let mark = view.nextFF(from: at) {
            if let code = view[mark + 1], (0xD0...0xD7).contains(code) { count += 1 }
            at = mark + 1
        }
        return count
    }
}
