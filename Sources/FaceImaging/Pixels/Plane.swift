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

/// One plane of 8-bit samples, row after row without padding.
final class Plane {
    private let memory = SampleMemory()
    private(set) var width = 0
    private(set) var height = 0

    var base: UnsafeMutablePointer<UInt8> { memory.base }
    var count: Int { width * height }
    var size: PixelSize { PixelSize(width: width, height: height) }

    /// Takes on a size; the samples are undefined until they are written.
    func reshape(width: Int, height: Int) {
        memory.reserve(width * height)
        self.width = width
        self.height = height
    }

    func trim(to most: Int) {
        memory.trim(to: most)
        if memory.capacity < count { (width, height) = (0, 0) }
    }

    func fill(_ value: UInt8) { base.update(repeating: value, count: count) }
}

/// A picture in YCbCr; the planes of colour may be smaller than that of light.
final class Planes {
    let y = Plane()
    let cb = Plane()
    let cr = Plane()

    var size: PixelSize { y.size }
    var all: [Plane] { [y, cb, cr] }

    /// Takes on a size with colour at half of it in both directions (4:2:0).
    func reshapeQuarter(_ size: PixelSize) {
        y.reshape(width: size.width, height: size.height)
        for chroma in [cb, cr] {
            chroma.reshape(width: (size.width + 1) / 2, height: (size.height + 1) / 2)
        }
    }

    func trim(to most: Int) {
        for plane in all { plane.trim(to: most) }
    }
}
