// SPDX-License-Identifier: Apache-2.0

import CLibTIFF
import FaceModel

/// Finds the picture among the directories of a TIFF file: pages, previews, masks, and the parts of raw files.
struct TIFFPages {
    /// Directories that are looked at; a picture has few, a scanned document may have hundreds.
    private static let most = 64
    /// What DNG calls the colours of a sensor once they are filled in; libtiff has no name for it.
    private static let linearRaw: Int32 = 34892

    private let tiff: OpaquePointer
    /// The place of the first full picture.
    private var picture: UInt32?
    /// Directories that hang below another one.
    private var below: [UInt64] = []

    private init(_ tiff: OpaquePointer) { self.tiff = tiff }

    /// Opens the directory of the first full picture.
    ///
    /// - Parameters:
    ///   - tiff: A file that is open at its first directory.
    ///   - view: Its bytes.
    /// - Returns: Whether that is the only picture of the file.
    /// - Throws: `image.format` for a camera's raw file, and where there are only previews.
    static func openPicture(_ tiff: OpaquePointer, _ view: ByteView) throws(Rejection) -> Bool {
        var pages = TIFFPages(tiff)
        // It is a text of the file: no line ends, no novel.
        let maker = String(
            String(cString: fl_tiff_make(tiff)).filter { $0.isLetter || $0.isNumber || $0 == " " }.prefix(32)
        )
        if fl_tiff_is_dng(tiff) != 0 { throw raw("DNG", maker) }
        if view.hasText("CR", at: 8) { throw raw("CR2", maker) }
        let first = TIFFPage(tiff)
        var count = 0
        repeat {
            if pages.holdsSensor { throw raw(nil, maker) }
            pages.note(UInt32(count))
            count += 1
        } while count < most && TIFFReadDirectory(tiff) != 0
        for place in pages.below.prefix(most) where TIFFSetSubDirectory(tiff, place) != 0 {
            if pages.holdsSensor { throw raw(nil, maker) }
            if first.size.area < TIFFPage(tiff).size.area, pages.picture == 0 { throw raw(nil, maker) }
        }
        guard let picture = pages.picture else {
            throw Rejection(
                .imageFormat,
                "the file holds a preview of a picture and not the picture, as \(name(nil, maker)) does"
            )
        }
        guard count == 1, pages.below.isEmpty else {
            guard TIFFSetDirectory(tiff, picture) != 0 else {
                throw Rejection(.imageTruncated, "the TIFF directory cannot be read again")
            }
            return false
        }
        return true
    }

    private mutating func note(_ index: UInt32) {
        let kind = fl_tiff_field_32(tiff, UInt32(TIFFTAG_SUBFILETYPE))
        let isPart = kind & UInt32(FILETYPE_REDUCEDIMAGE | FILETYPE_MASK) != 0
        if !isPart && picture == nil { picture = index }
        below += (0..<fl_tiff_sub_directories(tiff)).map { fl_tiff_sub_directory(tiff, $0) }
    }

    /// Whether the open directory has what a sensor saw instead of pixels.
    private var holdsSensor: Bool {
        let photometric = Int32(fl_tiff_field_16(tiff, UInt32(TIFFTAG_PHOTOMETRIC)))
        return photometric == PHOTOMETRIC_CFA || photometric == Self.linearRaw
    }

    private static func raw(_ kind: String?, _ maker: String) -> Rejection {
        Rejection(.imageFormat, "\(name(kind, maker)), of which only the preview could be read")
    }

    /// A camera's raw file with its kind and maker, as far as they are known.
    private static func name(_ kind: String?, _ maker: String) -> String {
        let known = [kind, maker.isEmpty ? nil : maker].compactMap(\.self)
        return "a camera's raw file" + (known.isEmpty ? "" : " (\(known.joined(separator: ", ")))")
    }
}
