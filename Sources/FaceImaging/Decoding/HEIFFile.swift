// SPDX-License-Identifier: Apache-2.0

import CLibHEIF
import FaceModel

/// Owns libheif's view of one file and the handle of its main picture; the file's bytes must outlive it.
struct HEIFFile: ~Copyable {
    private let heif: fl_heif
    private let context: OpaquePointer
    private let image: OpaquePointer

    /// libheif, or what keeps it from being used.
    private static let library = Result(catching: load)

    /// Loads libheif, which registers its decoders once, before two threads could both try.
    private static func load() throws(Rejection) -> fl_heif {
        let heif = UnsafeMutablePointer<fl_heif>.allocate(capacity: 1)
        defer { heif.deallocate() }
        if let words = fl_heif_load(heif) {
            throw Rejection(.imageFormat, "HEIF is read by libheif, which is not there: \(String(cString: words))")
        }
        guard heif.pointee.`init`(nil).code == heif_error_Ok else {
            throw Rejection(.imageFormat, "libheif could not be started")
        }
        return heif.pointee
    }

    private init(heif: fl_heif, context: OpaquePointer, image: OpaquePointer) {
        self.heif = heif
        self.context = context
        self.image = image
    }

    deinit {
        heif.image_handle_release(image)
        heif.context_free(context)
    }

    private static func open(_ view: ByteView) throws(Rejection) -> HEIFFile {
        let heif = try library.get()
        guard let context = heif.context_alloc() else { throw Rejection(.imageFormat, "libheif has no memory") }
        var image: OpaquePointer?
        var status = heif.context_read_from_memory_without_copy(context, view.base.baseAddress, view.count, nil)
        if status.code == heif_error_Ok {
            status = heif.context_get_primary_image_handle(context, &image)
        }
        guard status.code == heif_error_Ok, let image else {
            let container = HEIFContainer(view)
            let rejection = rejection(status, isWhole: container.isWhole && container.meta != nil)
            heif.context_free(context)
            throw rejection
        }
        return HEIFFile(heif: heif, context: context, image: image)
    }

    /// What the file says of its main picture; libheif turns and mirrors by itself, so the orientation is 1.
    ///
    /// - Parameter view: The file.
    /// - Returns: The header, with the size after turning.
    /// - Throws: `image.format` where the kind cannot be read, `image.truncated` where the data is cut or damaged.
    static func header(of view: ByteView) throws(Rejection) -> ImageHeader {
        try withReadable(view) { (readable) throws(Rejection) in
            try open(readable).header(bytes: view.count)
        }
    }

    private func header(bytes: Int) -> ImageHeader {
        let size = PixelSize(
            width: Int(heif.image_handle_get_width(image)),
            height: Int(heif.image_handle_get_height(image))
        )
        return ImageHeader(
            format: .heif,
            size: size,
            orientation: 1,
            bytes: bytes,
            color: .ycbcr,
            bitsPerSample: max(8, Int(heif.image_handle_get_luma_bits_per_pixel(image))),
            hasAlpha: heif.image_handle_has_alpha_channel(image) != 0,
            chroma: nil,
            isProgressive: false,
            trailingBytes: 0,
            isComplete: true,
            isCommonCoding: true
        )
    }

    /// Decodes a file, upright.
    ///
    /// - Parameters:
    ///   - view: The file.
    ///   - pixels: Where the picture goes, laid on white where it is transparent.
    /// - Throws: `image.format` where the kind cannot be read, `image.truncated` where the data is cut or damaged.
    static func decode(_ view: ByteView, into pixels: PackedPixels) throws(Rejection) {
        try withReadable(view) { (view) throws(Rejection) in
            try open(view).decode(into: pixels)
        }
    }

    private func decode(into pixels: PackedPixels) throws(Rejection) {
        let hasAlpha = heif.image_handle_has_alpha_channel(image) != 0
        guard let options = heif.decoding_options_alloc() else {
            throw Rejection(.imageFormat, "libheif has no memory")
        }
        defer { heif.decoding_options_free(options) }
        options.pointee.strict_decoding = 1
        options.pointee.convert_hdr_to_8bit = 1
        var decoded: OpaquePointer?
        let layout = hasAlpha ? heif_chroma_interleaved_RGBA : heif_chroma_interleaved_RGB
        let status = heif.decode_image(image, &decoded, heif_colorspace_RGB, layout, options)
        defer { heif.image_release(decoded) }
        guard status.code == heif_error_Ok, let decoded else { throw Self.rejection(status) }
        guard heif.image_get_decoding_warnings(decoded, 0, nil, 0) == 0 else {
            throw Rejection(.imageTruncated, "libheif warns that the picture is damaged")
        }
        var rowBytes: Int32 = 0
        guard let rows = heif.image_get_plane_readonly(decoded, heif_channel_interleaved, &rowBytes) else {
            throw Rejection(.imageFormat, "libheif gives no pixels")
        }
        let size = PixelSize(
            width: Int(heif.image_get_width(decoded, heif_channel_interleaved)),
            height: Int(heif.image_get_height(decoded, heif_channel_interleaved))
        )
        pixels.reshape(size, stride: hasAlpha ? 4 : 3)
        let length = size.width * pixels.stride
        for row in 0..<size.height {
            (pixels.base + row * length).update(from: rows + row * Int(rowBytes), count: length)
        }
        if hasAlpha {
            pixels.layOnWhite(isPremultiplied: heif.image_handle_is_premultiplied_alpha(image) != 0)
        }
    }

    /// Hands on a file in a form that libheif reads, refusing what it must not.
    private static func withReadable<Result>(
        _ view: ByteView,
        _ body: (ByteView) throws(Rejection) -> Result
    ) throws(Rejection) -> Result {
        let container = HEIFContainer(view)
        // libheif decodes other codings too where it finds decoders; those files are not HEIC.
        if let coding = container.coding, coding != "hvc1" {
            let name = ["av01": "AVIF", "jpeg": "JPEG", "avc1": "AVC", "vvc1": "VVC", "j2k1": "JPEG 2000"][coding]
            throw Rejection(.imageFormat, "HEIF with \(name ?? "another coding than HEVC") inside cannot be read")
        }
        if container.meta == nil, container.hasMovie {
            throw Rejection(.imageFormat, "the HEIF file is a sequence or video without a still picture")
        }
        guard let repaired = container.repaired() else { return try body(view) }
        return try repaired.withUnsafeBufferPointer { (bytes) throws(Rejection) -> Result in try body(ByteView(bytes)) }
    }

    // Where the index of a file could be read to its end, nothing was cut off, and what libheif refuses is a kind of file
    // that it does not know.
    private static func rejection(_ status: heif_error, isWhole: Bool = false) -> Rejection {
        let words = status.message.map { String(cString: $0) } ?? "libheif reports \(status.code.rawValue)"
        let unreadable = [
            heif_error_Unsupported_filetype, heif_error_Unsupported_feature, heif_error_Color_profile_does_not_exist,
        ]
        let isCut = status.subcode == heif_suberror_End_of_data
        let isKind = isWhole && !isCut || unreadable.contains(status.code)
        return Rejection(isKind ? .imageFormat : .imageTruncated, words)
    }
}
