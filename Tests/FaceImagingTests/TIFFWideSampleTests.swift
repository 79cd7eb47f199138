// SPDX-License-Identifier: Apache-2.0

import FaceImaging
import FaceModel
import Testing

/// TIFF files of laboratories, depth cameras and HDR editors, whose samples are wider than a picture needs.
@Suite struct TIFFWideSampleTests {
    private static let unsigned = 1
    private static let signed = 2
    private static let float = 3

    /// How samples of a kind are written: the bits, the sample format, and the bytes of one.
    private static let writings: [(name: String, bits: Int, format: Int, bytes: @Sendable (UInt8) -> [UInt8])] = [
        ("half 0 to 1", 16, float, { bytes(Float16($0) / 255) }),
        ("float 0 to 1", 32, float, { bytes(Float($0) / 255) }),
        ("double 0 to 1", 64, float, { bytes(Double($0) / 255) }),
        ("float 0 to 255", 32, float, { bytes(Float($0)) }),
        ("float 0 to 65535", 32, float, { bytes(Float($0) * 257) }),
        ("whole 0 to 255", 32, unsigned, { bytes(UInt32($0)) }),
        ("whole 0 to 65535", 32, unsigned, { bytes(UInt32($0) * 257) }),
        ("whole, all bits", 32, unsigned, { bytes(UInt32($0) * 0x0101_0101) }),
        ("signed 0 to 65535", 32, signed, { bytes(Int32($0) * 257) }),
        ("signed, all bits", 32, signed, { bytes(Int32(UInt32($0) * 0x0101_0101 / 2)) }),
        ("64 bits", 64, unsigned, { bytes(UInt64($0) * 0x0101_0101_0101_0101) }),
        ("64 bits, signed", 64, signed, { bytes(Int64($0) * 257) }),
    ]

    private static func bytes<Number>(_ number: Number) -> [UInt8] { withUnsafeBytes(of: number) { Array($0) } }

    private static func sketch(_ index: Int, _ sample: ((red: UInt8, green: UInt8, blue: UInt8)) -> [UInt8])
        -> TIFFSketch
    {
        let kind = writings[index]
        var sketch = TIFFSketch(Drawing.quadrants(), sample)
        (sketch.bits, sketch.writing) = (kind.bits, kind.bytes)
        sketch.more = [(339, 3, 1, kind.format)]
        return sketch
    }

    private static func corners(_ sketch: TIFFSketch) throws -> [Color] {
        let image = try #require(plainWorkshop.prepare(TIFFSketch.file([sketch])).image)
        #expect(!image.isOriginal)
        return try #require(Drawing(jpeg: image.bytes)).corners
    }

    @Test(arguments: writings.indices)
    func `wide samples come out as bright as they were meant`(_ index: Int) throws {
        for photometric in [0, 1] {
            var sketch = Self.sketch(index) { [photometric == 0 ? 255 - $0.red : $0.red] }
            sketch.photometric = photometric
            let shown = try Self.corners(sketch).map(\.green)
            let plain = Drawing.quadrants().corners.map(\.red)
            #expect(zip(shown, plain).allSatisfy { abs($0 - $1) < 14 }, "\(Self.writings[index].name): \(shown)")
        }
    }

    @Test(arguments: writings.indices, [false, true])
    func `wide colours come out in their colours`(_ index: Int, _ isPlanar: Bool) {
        var sketch = Self.sketch(index) { [$0.red, $0.green, $0.blue] }
        sketch.isPlanar = isPlanar
        let result = plainWorkshop.prepare(TIFFSketch.file([sketch]))
        #expect(showsQuadrants(result.image), "\(Self.writings[index].name): \(result)")
    }

    @Test func `opacity of wide samples is laid on white`() throws {
        var sketch = Self.sketch(1) { [$0.red, $0.green, $0.blue] }
        for index in sketch.samples.indices { sketch.samples[index] += [index % 96 < 48 ? 0 : 255] }
        sketch.extraSamples = [2]
        let shown = try Self.corners(sketch)
        #expect(shown[0].isNear(Color(red: 255, green: 255, blue: 255), within: 12) && shown[1].isNear(Drawing.green))
    }

    @Test func `light beyond white is white, and what is no number is black`() throws {
        var sketch = Self.sketch(1) { [$0.red, $0.green, $0.blue] }
        sketch.writing = { $0 > 200 ? Self.bytes(Float(4)) : $0 < 40 ? Self.bytes(Float.nan) : Self.bytes(Float(-1)) }
        let shown = try Self.corners(sketch)
        #expect(shown[0].red > 240 && shown[0].green < 15, "\(shown[0])")
    }

    @Test func `of numbers beyond all that is usual the largest is white`() throws {
        var sketch = Self.sketch(1) { [$0.red] }
        (sketch.photometric, sketch.writing) = (1, { Self.bytes(Float($0) * 1e9) })
        let shown = try Self.corners(sketch).map(\.green)
        #expect(shown.max() ?? 0 > 245 && shown.min() ?? 255 < 50, "\(shown)")
    }

    @Test(arguments: [(5, "complex"), (6, "complex")])
    func `numbers that are no light are named`(_ format: Int, _ words: String) {
        var sketch = Self.sketch(1) { [$0.red] }
        (sketch.photometric, sketch.more) = (1, [(339, 3, 1, format)])
        let rejection = plainWorkshop.prepare(TIFFSketch.file([sketch])).rejection
        #expect(rejection?.reason == .imageFormat)
        #expect(rejection?.detail.contains(words) == true, "\(rejection?.detail ?? "")")
    }
}
