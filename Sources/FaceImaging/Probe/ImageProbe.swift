// SPDX-License-Identifier: Apache-2.0

public import FaceModel

/// Reads what a picture file says of itself, without decoding a pixel: the header tier of the quality check.
public enum ImageProbe {
    /// The header of a picture.
    ///
    /// Costs microseconds. Nothing is said about limits: a header of a 400-megapixel picture is an answer, not an error.
    ///
    /// - Parameter photo: The whole file.
    /// - Returns: What the header says.
    /// - Throws: `image.format` where the bytes are no picture that can be read, `image.truncated` where they end
    ///   before the header does.
    public static func header(of photo: [UInt8]) throws(Rejection) -> ImageHeader {
        try photo.withUnsafeBufferPointer { (bytes) throws(Rejection) -> ImageHeader in
            try probe(ByteView(bytes)).header
        }
    }

    /// What the header says, with what the JPEG decoder needs beside it.
    struct Finding {
        var header: ImageHeader
        var jpeg: JPEGStructure?
    }

    static func probe(_ view: ByteView) throws(Rejection) -> Finding {
        if view.count == 0 {
            throw Rejection(.imageTruncated, "the file is empty")
        }
        guard let format = ImageFormat(view) else {
            throw foreign(view)
        }
        let finding: Finding =
            switch format {
            case .jpeg: try JPEGStructure.probe(view)
            case .png: Finding(header: try PNGHeader.read(view))
            case .bmp: Finding(header: try BMPHeader(view).imageHeader(bytes: view.count))
            case .tiff: Finding(header: try TIFFFile.header(of: view))
            case .heif: Finding(header: try HEIFFile.header(of: view))
            case .webp: Finding(header: try WebPHeader.read(view))
            }
        guard finding.header.size.width > 0, finding.header.size.height > 0 else {
            throw Rejection(.imageFormat, "the picture claims to have no pixels")
        }
        return finding
    }
}

extension ImageProbe {
    private static func foreign(_ view: ByteView) -> Rejection {
        if let name = ForeignKind.name(of: view) {
            return Rejection(.imageFormat, "the file is \(name), by its first bytes")
        }
        if view.base.allSatisfy({ $0 == 0 }) {
            return Rejection(.imageTruncated, "all \(view.count) bytes of the file are zero")
        }
        return Rejection(.imageFormat, "the first bytes are those of no known picture format")
    }
}

extension Rejection {
    /// A file that ends before its header does.
    static var headerCut: Rejection { Rejection(.imageTruncated, "the file ends within its header") }
}
