// SPDX-License-Identifier: Apache-2.0

import FaceModel

/// What the markers of a JPEG file say: frame, components, Adobe's colour transform, and where the picture ends.
struct JPEGStructure {
    struct Component {
        var id: Int
        var horizontal: Int
        var vertical: Int
    }

    var frame = 0
    var precision = 8
    var size = PixelSize(width: 0, height: 0)
    var components: [Component] = []
    var orientation: Int?
    var hasJFIF = false
    /// Adobe's transform (0 none, 1 YCbCr, 2 YCCK), nil without its marker.
    var adobeTransform: Int?
    /// Where the bytes after the end marker begin; nil in a file that is cut short.
    var end: Int?
    var scans = JPEGScans()

    /// Whether libturbojpeg can hand out the planes as they are stored, without turning them into RGB.
    var isPlanar: Bool {
        switch color {
        case .grey: true
        case .ycbcr: chroma != .other
        default: false
        }
    }

    var color: ColorModel {
        switch components.count {
        case 1: .grey
        case 4: .cmyk
        default: storesRGB ? .rgb : .ycbcr
        }
    }

    /// libjpeg's rule for three components.
    private var storesRGB: Bool {
        if hasJFIF { return false }
        if let adobeTransform { return adobeTransform == 0 }
        return components.map(\.id) == [0x52, 0x47, 0x42]
    }

    var chroma: Chroma? {
        guard components.count == 3 else { return nil }
        guard components.dropFirst().allSatisfy({ $0.horizontal == 1 && $0.vertical == 1 }) else { return .other }
        return switch (components[0].horizontal, components[0].vertical) {
        case (1, 1): .full
        case (2, 1): .half
        case (1, 2): .halfUpright
        case (2, 2): .quarter
        case (4, 1): .quarterFlat
        default: .other
        }
    }

    static func probe(_ view: ByteView) throws(Rejection) -> ImageProbe.Finding {
        var structure = JPEGStructure()
        structure.walk(view)
        guard structure.frame != 0 else {
            if structure.end == nil { throw Rejection.headerCut }
            throw Rejection(.imageFormat, "the JPEG file holds no picture")
        }
        guard [0xC0, 0xC1, 0xC2, 0xC9, 0xCA].contains(structure.frame) else {
            throw Rejection(.imageFormat, "lossless and hierarchical JPEG cannot be read")
        }
        guard structure.precision == 8 else {
            throw Rejection(.imageFormat, "JPEG with \(structure.precision) bits a sample cannot be read")
        }
        guard [1, 3, 4].contains(structure.components.count) else {
            throw Rejection(.imageFormat, "JPEG with \(structure.components.count) components cannot be read")
        }
        let header = ImageHeader(
            format: .jpeg,
            size: structure.size,
            orientation: structure.orientation ?? 1,
            bytes: view.count,
            color: structure.color,
            bitsPerSample: structure.precision,
            hasAlpha: false,
            chroma: structure.color == .ycbcr ? structure.chroma : nil,
            isProgressive: structure.frame == 0xC2 || structure.frame == 0xCA,
            trailingBytes: structure.end.map { view.count - $0 } ?? 0,
            isComplete: structure.end != nil && structure.scans.areWhole,
            isCommonCoding: structure.frame < 0xC9 && structure.chroma != .other
        )
        return ImageProbe.Finding(header: header, jpeg: structure)
    }

    /// Goes from marker to marker to the end of the picture; where the file ends first, `end` stays nil.
    private mutating func walk(_ view: ByteView) {
        var at = 2
        while let mark = view.nextFF(from: at) {
            guard let code = view[mark + 1] else { return }
            switch code {
            case 0xFF:
                at = mark + 1
            case 0xD9:
                end = mark + 2
                return
            case 0x00, 0x01, 0xD0...0xD8, 0x02...0xBF:
                at = mark + 2
            default:
                guard let length = view.big16(mark + 2) else { return }
                read(code, view.part(from: mark + 4, count: length - 2))
                at = mark + 2 + max(2, length)
            }
        }
    }

    private mutating func read(_ code: Int, _ segment: ByteView) {
        switch code {
        case 0xC0...0xC3, 0xC5...0xC7, 0xC9...0xCB, 0xCD...0xCF:
            readFrame(code, segment)
        case 0xDA:
            scans.read(segment)
        case 0xE0:
            hasJFIF = hasJFIF || segment.hasText("JFIF", at: 0)
        case 0xE1 where orientation == nil && segment.hasText("Exif\0\0", at: 0):
            orientation = ExifOrientation.find(in: segment)
        case 0xEE where segment.hasText("Adobe", at: 0):
            adobeTransform = segment[11] ?? adobeTransform
        default:
            break
        }
    }

    private mutating func readFrame(_ code: Int, _ segment: ByteView) {
        guard frame == 0, let bits = segment[0], let height = segment.big16(1), let width = segment.big16(3),
            let count = segment[5], segment.count >= 6 + 3 * count
        else { return }
        frame = code
        precision = bits
        size = PixelSize(width: width, height: height)
        components = (0..<count).map { index in
            let id = segment[6 + 3 * index] ?? 0
            let sampling = segment[7 + 3 * index] ?? 0
            return Component(id: id, horizontal: sampling >> 4, vertical: sampling & 15)
        }
        scans = JPEGScans(components: components.map(\.id), isProgressive: code == 0xC2 || code == 0xCA)
    }
}
