// SPDX-License-Identifier: Apache-2.0

import CJPEGWarnings
import FaceModel

/// What was lost in a JPEG file that libjpeg warns of: every warning counts, and each for what it means.
struct JPEGDamage {
    /// Bytes before a marker of the picture that no decoder needs.
    private struct Stray {
        /// Where the marker stands.
        var mark: Int
        /// How many bytes libjpeg has passed over, since it last said so.
        var count: Int
        var words: String
    }

    /// A scan that does not end costs time without end; libturbojpeg's bound.
    private static let mostScans: Int32 = 500
    /// How many bytes libjpeg reads ahead of the pixels: so many before a restart marker it counts without a word.
    private static let readAhead = 7

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
            strays.append(
                Stray(mark: warning.place, count: Int(warning.skipped), words: String(cString: warning.words))
            )
        default:
            loss = loss ?? String(cString: warning.words)
        }
    }

    /// libjpeg's words for what was lost, or nil where every pixel is there.
    private var lost: String? {
        guard loss == nil, !strays.isEmpty else { return loss }
        let padding = JPEGPadding(view)
        var last = 0
        for stray in strays {
            guard padding.explains(stray.count, before: stray.mark, readAhead: Self.readAhead, since: last) else {
                return stray.words
            }
            last = stray.mark
        }
        return nil
    }
}
