// SPDX-License-Identifier: Apache-2.0

/// Extensions of files that hold a person's picture and cannot be read: other pictures, raw files, videos, drawings.
enum ForeignExtension {
    private static let kinds: [(title: String, extensions: String)] = [
        ("an AVIF picture", "avif avifs"),
        ("a JPEG XL picture", "jxl"),
        ("a JPEG 2000 picture", "jp2 j2k j2c jpc jpf jpx jpm jph jhc"),
        ("a JPEG XR picture", "jxr wdp hdp"),
        ("a GIF picture", "gif"),
        (
            "a camera's raw file",
            "3fr ari arw bay crw cr2 cr3 dcr dcs dng drf eip erf fff gpr iiq k25 kdc mdc mef mos mrw nef nrw orf ori"
                + " pef ptx pxn r3d raf raw rw2 rwl rwz sr2 srf srw x3f"
        ),
        (
            "a video",
            "mp4 m4v mov qt avi mkv webm wmv mpg mpeg mpe 3gp 3gpp 3g2 mts m2ts m2v flv f4v ogv vob asf mxf divx hevc"
                + " insv lrv"
        ),
        ("a Photoshop file", "psd psb"),
        ("a file of a drawing program", "xcf kra ora pdn afphoto pxd pxm procreate ai eps cdr sketch"),
        ("a vector drawing", "svg svgz emf wmf"),
        (
            "a picture in a format that is not read",
            "ico icns cur tga icb vda vst pcx pic pict pct dds exr hdr pbm pgm ppm pnm pam pfm xbm xpm sgi rgb ras sun"
                + " bpg flif qoi wbmp mng jng apng fpx djvu djv jls jps pns livp heics"
        ),
    ]

    private static let titles: [String: String] = Dictionary(
        kinds.flatMap { kind in kind.extensions.split(separator: " ").map { (String($0), kind.title) } },
        uniquingKeysWith: { first, _ in first }
    )

    /// What a file with this extension is, `nil` where it holds no picture.
    ///
    /// - Parameter fileExtension: The extension in lower case and without its dot.
    /// - Returns: The kind with its article.
    static func title(of fileExtension: String) -> String? { titles[fileExtension] }
}
