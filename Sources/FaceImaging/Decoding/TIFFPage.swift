// SPDX-License-Identifier: Apache-2.0

import CLibTIFF
import FaceModel

/// What the directory of a TIFF file that is open at it says of its picture.
struct TIFFPage {
    var size: PixelSize
    var orientation: Int
    var photometric: Int32
    var compression: Int32
    var bits: Int
    var samples: Int
    /// What the samples beside the colours are: 0 unspecified, such as a saved selection; 1 opacity that the colours have
    /// been weighted with, 2 opacity that they have not.
    var extraSamples: [Int]
    var isPlanar: Bool
    var isTiled: Bool
    var sampleFormat: Int32

    init(_ tiff: OpaquePointer) {
        func field(_ tag: Int32) -> Int { Int(fl_tiff_field_16(tiff, UInt32(tag))) }
        size = PixelSize(
            width: Int(fl_tiff_field_32(tiff, UInt32(TIFFTAG_IMAGEWIDTH))),
            height: Int(fl_tiff_field_32(tiff, UInt32(TIFFTAG_IMAGELENGTH)))
        )
        let stored = field(TIFFTAG_ORIENTATION)
        orientation = (1...8).contains(stored) ? stored : 1
        photometric = Int32(field(TIFFTAG_PHOTOMETRIC))
        compression = Int32(field(TIFFTAG_COMPRESSION))
        bits = field(TIFFTAG_BITSPERSAMPLE)
        samples = field(TIFFTAG_SAMPLESPERPIXEL)
        extraSamples = (0..<fl_tiff_extra_samples(tiff)).map { Int(fl_tiff_extra_sample(tiff, $0)) }
        isPlanar = field(TIFFTAG_PLANARCONFIG) == Int(PLANARCONFIG_SEPARATE)
        isTiled = TIFFIsTiled(tiff) != 0
        sampleFormat = Int32(field(TIFFTAG_SAMPLEFORMAT))
    }

    var color: ColorModel {
        switch photometric {
        case PHOTOMETRIC_MINISWHITE, PHOTOMETRIC_MINISBLACK: .grey
        case PHOTOMETRIC_PALETTE: .palette
        case PHOTOMETRIC_SEPARATED: .cmyk
        case PHOTOMETRIC_YCBCR: .ycbcr
        default: .rgb
        }
    }

    /// How many samples a colour has.
    var colours: Int {
        switch color {
        case .grey, .palette: 1
        case .cmyk: 4
        case .rgb, .ycbcr: 3
        }
    }

    var isWhiteZero: Bool { photometric == PHOTOMETRIC_MINISWHITE }

    /// Whether colours are in CIELab, a and b with their signs.
    var isLab: Bool { photometric == PHOTOMETRIC_CIELAB }

    private var isFloat: Bool { sampleFormat == SAMPLEFORMAT_IEEEFP }

    /// Whether samples are wider than pictures need, so that the file does not say which of them is white: numbers with
    /// a point, or whole ones of 32 or 64 bits.
    var isWide: Bool { isFloat || bits == 32 || bits == 64 }

    /// Whether parts of the picture may be transparent.
    var hasAlpha: Bool { extraSamples.contains { $0 != 0 } }

    /// Whether every decoder is known to read it: the plain compressions and colours, pixel by pixel, nothing beside them.
    var isCommon: Bool {
        let compressions = [
            COMPRESSION_NONE, COMPRESSION_LZW, COMPRESSION_ADOBE_DEFLATE, COMPRESSION_DEFLATE, COMPRESSION_PACKBITS,
        ]
        let colours = [
            PHOTOMETRIC_MINISWHITE, PHOTOMETRIC_MINISBLACK, PHOTOMETRIC_RGB, PHOTOMETRIC_PALETTE, PHOTOMETRIC_YCBCR,
        ]
        return compressions.contains(compression) && colours.contains(photometric) && samples == self.colours
            && !isPlanar && sampleFormat == SAMPLEFORMAT_UINT && !isWide
    }

    /// Refuses what libtiff does not decode or does not turn into the colours that are meant.
    ///
    /// - Throws: `image.format` with the kind.
    func refuseForeign() throws(Rejection) {
        if TIFFIsCODECConfigured(UInt16(compression)) == 0 {
            throw Rejection(.imageFormat, "TIFF with \(Self.name(ofCompression: compression)) inside cannot be read")
        }
        if let name = Self.foreignColours[photometric] {
            throw Rejection(.imageFormat, "TIFF with \(name) cannot be read")
        }
        // Up to 16 bits, whole numbers with a sign are read as if they had none, as other programs read them.
        guard [SAMPLEFORMAT_UINT, SAMPLEFORMAT_INT, SAMPLEFORMAT_VOID, SAMPLEFORMAT_IEEEFP].contains(sampleFormat)
        else {
            throw Rejection(.imageFormat, "TIFF with complex numbers as samples cannot be read")
        }
        guard !isFloat || TIFFWideSamples(self) != nil && !isTiled else {
            throw Rejection(.imageFormat, "TIFF with floating-point samples in this form cannot be read")
        }
    }

    private static let foreignColours: [Int32: String] = [
        PHOTOMETRIC_MASK: "a mask instead of a picture", PHOTOMETRIC_ICCLAB: "colours in ICC Lab",
        PHOTOMETRIC_ITULAB: "colours in ITU Lab", PHOTOMETRIC_LOGL: "light in LogL",
        PHOTOMETRIC_LOGLUV: "light and colours in LogLuv",
    ]

    private static func name(ofCompression compression: Int32) -> String {
        switch compression {
        case 33003, 33004, 33005, 34712: "JPEG 2000"
        case 34713: "Nikon's raw data"
        case 34887: "LERC"
        case 34892: "lossy JPEG of a raw file"
        case 50000: "Zstandard"
        case 50001: "WebP"
        case 50002, 52546: "JPEG XL"
        default: "compression \(compression)"
        }
    }
}
