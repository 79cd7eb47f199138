// SPDX-License-Identifier: Apache-2.0

/// The kinds of file that are no picture we read, told apart by their first bytes: for the words of a refusal only.
enum ForeignKind {
    /// Where a kind has its mark, and the mark.
    private static let marks: [(name: String, at: Int, mark: String)] = [
        ("GIF", 0, "GIF8"), ("JPEG 2000", 0, "\0\0\0\u{0C}jP  "), ("JPEG XL", 0, "\0\0\0\u{0C}JXL "),
        ("Photoshop", 0, "8BPS"), ("PDF", 0, "%PDF"), ("PostScript", 0, "%!PS"), ("zip", 0, "PK\u{03}\u{04}"),
        ("a camera's raw file (RAF, FUJIFILM)", 0, "FUJIFILMCCD-RAW"),
        ("a camera's raw file (CRW, Canon)", 6, "HEAPCCDR"),
        ("a camera's raw file (ORF, OLYMPUS)", 0, "IIRO"), ("a camera's raw file (ORF, OLYMPUS)", 0, "IIRS"),
        ("a camera's raw file (ORF, OLYMPUS)", 0, "MMOR"), ("a camera's raw file (RW2, Panasonic)", 0, "IIU\0"),
        ("a camera's raw file (X3F, SIGMA)", 0, "FOVb"), ("a camera's raw file (MRW, Minolta)", 0, "\0MRM"),
        ("a Mac's resource file", 0, "\0\u{05}\u{16}\u{07}"), ("a property list", 0, "bplist"), ("DICOM", 128, "DICM"),
        ("an icon", 0, "\0\0\u{01}\0"), ("DDS", 0, "DDS "), ("QOI", 0, "qoif"), ("a RIFF file, not WebP", 0, "RIFF"),
        ("a video", 4, "moov"), ("a video", 4, "mdat"), ("XML", 0, "<?xml"), ("SVG", 0, "<svg"),
        ("a web page", 0, "<!DO"),
        ("a web page", 0, "<!do"), ("a web page", 0, "<html"), ("a web page", 0, "<HTML"),
    ]

    /// The brands of the ISO container: the first four letters after `ftyp`.
    private static let brands: [String: String] = [
        "avif": "AVIF", "avis": "AVIF", "crx ": "a camera's raw file (CR3, Canon)", "jp2 ": "JPEG 2000",
        "jxl ": "JPEG XL",
    ]

    /// What a file is, in words that follow "is", or nil where it is not known.
    static func name(of view: ByteView) -> String? {
        if view.hasText("ftyp", at: 4) {
            let brand = brands.first { view.hasText($0.key, at: 8) }
            return brand?.value ?? "a video or another file in the ISO container"
        }
        // Marks that are no text.
        if view.starts(with: [0xFF, 0x4F, 0xFF, 0x51]) { return "JPEG 2000" }
        if view.starts(with: [0xFF, 0x0A]) { return "JPEG XL" }
        if view.starts(with: [0x49, 0x49, 0xBC]) { return "JPEG XR" }
        if view.starts(with: [0xD7, 0xCD, 0xC6, 0x9A]) { return "WMF" }
        if let found = marks.first(where: { view.hasText($0.mark, at: $0.at) }) { return found.name }
        if view[0] == 0x50, let kind = view[1], (0x31...0x37).contains(kind), let next = view[2], next <= 0x20 {
            return "PNM"
        }
        return nil
    }
}
