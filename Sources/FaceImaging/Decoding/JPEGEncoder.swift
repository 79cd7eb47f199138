// SPDX-License-Identifier: Apache-2.0

import CTurboJPEG
import FaceModel

/// Owns a compressor of libturbojpeg, which one call at a time may use.
struct JPEGEncoder: ~Copyable {
    private let handle: tjhandle
    private let memory = SampleMemory()

    init?() {
        guard let handle = tjInitCompress() else { return nil }
        self.handle = handle
    }

    deinit { tjDestroy(handle) }

    /// More bytes than any picture of a size takes.
    static func mostBytes(of size: PixelSize) -> Int {
        Int(tjBufSize(Int32(size.width), Int32(size.height), TJSAMP_420.code))
    }

    /// Turns pixels into planes with colour at half the size (4:2:0).
    ///
    /// - Parameters:
    ///   - pixels: The picture.
    ///   - planes: Where it goes.
    /// - Throws: `image.format` with libturbojpeg's words.
    func convert(_ pixels: PackedPixels, into planes: Planes) throws(Rejection) {
        planes.reshapeQuarter(PixelSize(width: pixels.width, height: pixels.height))
        var targets: [UnsafeMutablePointer<UInt8>?] = planes.all.map(\.base)
        let status = tjEncodeYUVPlanes(
            handle,
            pixels.base,
            Int32(pixels.width),
            0,
            Int32(pixels.height),
            pixels.stride == 4 ? Int32(TJPF_RGBX.rawValue) : Int32(TJPF_RGB.rawValue),
            &targets,
            nil,
            TJSAMP_420.code,
            0
        )
        try check(status)
        planes.span(pixels.span.width, pixels.span.height)
    }

    /// The picture as a baseline JPEG file without any metadata.
    ///
    /// - Parameters:
    ///   - planes: The picture, with colour at half the size.
    ///   - quality: 1 to 100.
    /// - Returns: The file.
    /// - Throws: `image.format` with libturbojpeg's words.
    func encode(_ planes: Planes, quality: Int) throws(Rejection) -> [UInt8] {
        let (width, height) = (Int32(planes.y.width), Int32(planes.y.height))
        memory.reserve(Self.mostBytes(of: planes.size))
        var sources: [UnsafePointer<UInt8>?] = planes.all.map { UnsafePointer($0.base) }
        var target: UnsafeMutablePointer<UInt8>? = memory.base
        var length = UInt(memory.capacity)
        let status = tjCompressFromYUVPlanes(
            handle,
            &sources,
            width,
            nil,
            height,
            TJSAMP_420.code,
            &target,
            &length,
            Int32(quality),
            TJFLAG_NOREALLOC
        )
        try check(status)
        return Array(UnsafeBufferPointer(start: memory.base, count: Int(length)))
    }

    func trim(to most: Int) { memory.trim(to: most) }

    private func check(_ status: Int32) throws(Rejection) {
        guard status != 0 else { return }
        let words = String(cString: tjGetErrorStr2(handle))
        throw Rejection(.imageFormat, "the picture cannot be written as JPEG: \(words)")
    }
}
