// SPDX-License-Identifier: Apache-2.0

import FaceModel

/// Memory for samples that is used again for the next picture, and neither zeroed nor copied when it grows.
final class SampleMemory {
    private(set) var base: UnsafeMutablePointer<UInt8>
    private(set) var capacity: Int

    init() {
        capacity = 4096
        base = .allocate(capacity: capacity)
    }

    deinit { base.deallocate() }

    /// Makes room for `count` samples; what was held is lost.
    func reserve(_ count: Int) {
        guard count > capacity else { return }
        replace(count)
    }

    /// Gives back what one unusually large picture needed.
    func trim(to most: Int) {
        guard capacity > most else { return }
        replace(4096)
    }

    private func replace(_ count: Int) {
        base.deallocate()
        capacity = count
        base = .allocate(capacity: count)
    }
}

/// One plane of 8-bit samples, row after row.
///
/// libturbojpeg's planes are padded to whole blocks of colour: with 4:2:0, luminance has an even number of columns and
/// rows in memory, whatever the width and height of the picture.
final class Plane {
    private let memory = SampleMemory()
    private(set) var width = 0
    private(set) var height = 0
    /// Samples from one row to the next.
    private(set) var stride = 0
    /// Rows in memory.
    private(set) var rows = 0
    /// How many samples the picture truly spans, where shrinking by a factor did not come out even: without it, the
    /// picture would be stretched by up to a sample.
    var span = (width: 0.0, height: 0.0)

    var base: UnsafeMutablePointer<UInt8> { memory.base }
    var size: PixelSize { PixelSize(width: width, height: height) }

    /// Takes on a size without padding; the samples are undefined until they are written.
    func reshape(width: Int, height: Int) {
        reshape(PixelSize(width: width, height: height), padded: PixelSize(width: width, height: height))
    }

    /// Takes on a size and what it is padded to; the samples are undefined until they are written.
    func reshape(_ size: PixelSize, padded: PixelSize) {
        memory.reserve(padded.width * padded.height)
        width = size.width
        height = size.height
        stride = padded.width
        rows = padded.height
        span = (Double(size.width), Double(size.height))
    }

    func trim(to most: Int) {
        memory.trim(to: most)
        if memory.capacity < stride * rows { (width, height, stride, rows) = (0, 0, 0, 0) }
    }

    func fill(_ value: UInt8) { base.update(repeating: value, count: stride * rows) }

    /// Repeats the last column and the last row into the padding.
    func pad() {
        for row in 0..<height where stride > width {
            let line = base + row * stride
            (line + width).update(repeating: line[width - 1], count: stride - width)
        }
        for row in height..<max(height, rows) {
            (base + row * stride).update(from: base + (height - 1) * stride, count: stride)
        }
    }
}

/// A picture in YCbCr; the planes of colour may be smaller than that of light.
final class Planes {
    let y = Plane()
    let cb = Plane()
    let cr = Plane()

    var size: PixelSize { y.size }
    var all: [Plane] { [y, cb, cr] }

    /// Notes what the luminance truly spans, and colour accordingly.
    func span(_ width: Double, _ height: Double) {
        y.span = (width, height)
        for chroma in [cb, cr] {
            let (across, down) = (y.stride / chroma.width, y.rows / chroma.height)
            chroma.span = (width / Double(across), height / Double(down))
        }
    }

    /// Takes on a size with colour at half of it in both directions (4:2:0).
    func reshapeQuarter(_ size: PixelSize) {
        let half = PixelSize(width: (size.width + 1) / 2, height: (size.height + 1) / 2)
        y.reshape(size, padded: PixelSize(width: half.width * 2, height: half.height * 2))
        for chroma in [cb, cr] {
            chroma.reshape(half, padded: half)
        }
    }

    func trim(to most: Int) {
        for plane in all { plane.trim(to: most) }
    }
}
