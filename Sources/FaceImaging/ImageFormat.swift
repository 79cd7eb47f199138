// SPDX-License-Identifier: Apache-2.0

/// The kinds of picture file that can be read, told apart by their first bytes, never by a file name.
public enum ImageFormat: String, Sendable, CaseIterable {
    case jpeg, png, bmp, tiff, heif, webp

    /// The usual extension of the format, without a dot and in small letters.
    public var fileExtension: String {
        switch self {
        case .jpeg: "jpg"
        case .png: "png"
        case .bmp: "bmp"
        case .tiff: "tif"
        case .heif: "heic"
        case .webp: "webp"
        }
    }

    /// Whether devices take the format (section 3.7 of the interface); the others must be converted.
    public var isTakenByDevices: Bool {
        switch self {
        case .jpeg, .png, .bmp, .tiff: true
        case .heif, .webp: false
        }
    }

    /// Tells the format from the first bytes of a file.
    ///
    /// - Parameter firstBytes: At least the first 12 bytes; fewer are enough for some formats.
    public init?(firstBytes: [UInt8]) {
        let found = firstBytes.withUnsafeBufferPointer { ImageFormat(ByteView($0)) }
        guard let found else { return nil }
        self = found
    }

    /// Whether a file name extension is that of a picture that can be read.
    ///
    /// - Parameter ext: The extension in any case, without its dot.
    /// - Returns: Whether files of that extension are worth opening.
    public static func isPictureExtension(_ ext: String) -> Bool {
        pictureExtensions.contains(ext.lowercased())
    }

    private static let pictureExtensions: Set<String> = [
        "jpg", "jpeg", "jpe", "jfif", "jfi", "jif", "pjpeg", "pjp", "mpo", "png", "bmp", "dib", "tif", "tiff", "heic",
        "heif", "hif", "webp",
    ]

    /// The main brands of still pictures in the HEIF container; AVIF is not among them.
    private static let heifBrands: [String] = ["heic", "heix", "heim", "heis", "hevc", "hevx", "mif1", "msf1"]

    init?(_ view: ByteView) {
        if view.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if view.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if view.hasText("BM", at: 0) {
            self = .bmp
        } else if view.starts(with: [0x49, 0x49, 0x2A, 0]) || view.starts(with: [0x4D, 0x4D, 0, 0x2A])
            || view.starts(with: [0x49, 0x49, 0x2B, 0]) || view.starts(with: [0x4D, 0x4D, 0, 0x2B])
        {
            self = .tiff
        } else if view.hasText("RIFF", at: 0), view.hasText("WEBP", at: 8) {
            self = .webp
        } else if view.hasText("ftyp", at: 4), Self.isHEIF(view) {
            self = .heif
        } else {
            return nil
        }
    }

    /// Whether the brands of an ISO container are those of still pictures in HEIF.
    ///
    /// A brand that is not known says nothing where the others do; AVIF names those of HEIF too.
    private static func isHEIF(_ view: ByteView) -> Bool {
        func isBrand(_ names: [String], at place: Int) -> Bool { names.contains { view.hasText($0, at: place) } }
        if isBrand(heifBrands, at: 8) { return true }
        guard !isBrand(["avif", "avis", "crx "], at: 8), let length = view.big32(0) else { return false }
        return stride(from: 16, to: min(length, view.count, 128), by: 4).contains {
            isBrand(["heic", "heix", "mif1"], at: $0)
        }
    }
}
