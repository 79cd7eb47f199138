// SPDX-License-Identifier: Apache-2.0

import FaceImaging
import FaceModel
import Testing

/// TIFF files as scanners, editors and cameras write them.
@Suite struct TIFFKindTests {
    private static let drawing = Drawing.quadrants()
    private static let white = Color(red: 255, green: 255, blue: 255)

    /// The drawing, with samples beside its colours that are `beside` in the left half and 255 in the right half.
    private static func sketch(beside: [UInt8], kinds: [Int], isWeighted: Bool = false) -> TIFFSketch {
        var sketch = TIFFSketch(drawing) { [$0.red, $0.green, $0.blue] }
        for index in sketch.samples.indices {
            let isLeft = index % 96 < 48
            if isLeft && isWeighted {
                sketch.samples[index] = sketch.samples[index].map { UInt8(Int($0) * Int(beside[0]) / 255) }
            }
            sketch.samples[index] += isLeft ? beside : [UInt8](repeating: 255, count: beside.count)
        }
        sketch.extraSamples = kinds
        return sketch
    }

    private func prepared(_ sketch: TIFFSketch, isBig: Bool = false) -> Preparation {
        plainWorkshop.prepare(TIFFSketch.file([sketch], isBig: isBig))
    }

    private func corners(_ sketch: TIFFSketch) throws -> [Color] {
        let image = try #require(prepared(sketch).image)
        #expect(!image.isOriginal)
        return try #require(Drawing(jpeg: image.bytes)).corners
    }

    @Test(arguments: [8, 16], [false, true])
    func `a saved selection is no transparency`(_ bits: Int, _ isPlanar: Bool) {
        var sketch = Self.sketch(beside: [0], kinds: [0])
        (sketch.bits, sketch.isPlanar) = (bits, isPlanar)
        #expect(showsQuadrants(prepared(sketch).image))
        var two = Self.sketch(beside: [0, 0], kinds: [0, 0])
        (two.bits, two.isPlanar) = (bits, isPlanar)
        #expect(showsQuadrants(prepared(two).image))
    }

    @Test(arguments: [1, 2], [(8, false), (16, false), (8, true), (16, true)])
    func `opacity is laid on white, weighted or not`(_ kind: Int, _ form: (bits: Int, isPlanar: Bool)) throws {
        var sketch = Self.sketch(beside: [51], kinds: [kind], isWeighted: kind == 1)
        (sketch.bits, sketch.isPlanar) = form
        let shown = try corners(sketch)
        // One fifth of red and of blue, and four fifths of white.
        #expect(shown[0].isNear(Color(red: 248, green: 210, blue: 210), within: 12))
        #expect(shown[2].isNear(Color(red: 212, green: 214, blue: 248), within: 12))
        #expect(shown[1].isNear(Drawing.green) && shown[3].isNear(Drawing.yellow))
    }

    @Test func `opacity behind a selection is found`() throws {
        let shown = try corners(Self.sketch(beside: [128, 0], kinds: [0, 2]))
        #expect(shown[0].isNear(Self.white, within: 12) && shown[1].isNear(Drawing.green))
    }

    @Test(arguments: [0, 1], [8, 16])
    func `grey with opacity and without colours`(_ photometric: Int, _ bits: Int) throws {
        var sketch = TIFFSketch(Self.drawing) { [photometric == 0 ? 255 - $0.red : $0.red] }
        for index in sketch.samples.indices { sketch.samples[index] += [index % 96 < 48 ? 0 : 255] }
        (sketch.photometric, sketch.bits, sketch.extraSamples) = (photometric, bits, [2])
        let shown = try corners(sketch).map(\.green)
        #expect(zip(shown, [255.0, 30, 255, 230]).allSatisfy { abs($0 - $1) < 14 }, "\(shown)")
    }

    @Test(arguments: [8, 16], [false, true])
    func `ink is read with all its bits`(_ bits: Int, _ isPlanar: Bool) {
        var sketch = TIFFSketch(Self.drawing) { [255 - $0.red, 255 - $0.green, 255 - $0.blue, 0] }
        (sketch.photometric, sketch.bits, sketch.isPlanar) = (5, bits, isPlanar)
        #expect(showsQuadrants(prepared(sketch).image))
        for index in sketch.samples.indices { sketch.samples[index] += [0] }
        sketch.extraSamples = [0]
        #expect(showsQuadrants(prepared(sketch).image))
    }

    @Test func `samples of 12 bits are read`() {
        var sketch = TIFFSketch(Self.drawing) { [$0.red, $0.green, $0.blue] }
        sketch.bits = 12
        #expect(showsQuadrants(prepared(sketch).image))
    }

    @Test func `what devices may not read is made a JPEG`() {
        let plain = TIFFSketch(Self.drawing) { [$0.red, $0.green, $0.blue] }
        #expect(prepared(plain).image?.isOriginal == true)
        #expect(showsQuadrants(prepared(plain, isBig: true).image))
        #expect(prepared(plain, isBig: true).image?.isOriginal == false)
        var planes = plain
        planes.isPlanar = true
        #expect(showsQuadrants(prepared(planes).image))
        #expect(prepared(planes).image?.isOriginal == false)
        let twoPages = plainWorkshop.prepare(TIFFSketch.file([plain, plain]))
        #expect(showsQuadrants(twoPages.image) && twoPages.image?.isOriginal == false)
    }

    @Test func `CIELab comes out in its colours`() throws {
        // L, a and b of mid grey, of a strong red and of a strong green, as signed bytes.
        var sketch = TIFFSketch(Self.drawing) { color in
            if color.red > 200, color.green > 200 { return [137, 0, 0] }
            if color.red > 200 { return [136, 80, 67] }
            return color.green > 150 ? [183, 186, 60] : [137, 0, 0]
        }
        sketch.photometric = 8
        let shown = try corners(sketch)
        #expect(shown[2].isNear(Color(red: 128, green: 128, blue: 128), within: 12), "\(shown[2])")
        #expect(shown[0].isNear(Color(red: 254, green: 0, blue: 0), within: 40), "\(shown[0])")
        #expect(shown[1].green > 180 && shown[1].red < 110 && shown[1].blue < 110, "\(shown[1])")
    }

    @Test(arguments: [
        (photometric: 32845, compression: 1, sampleFormat: 1, words: "LogLuv"), (9, 1, 1, "ICC Lab"),
        (2, 34712, 1, "JPEG 2000"), (2, 33005, 1, "JPEG 2000"), (2, 50002, 1, "JPEG XL"), (4, 1, 1, "mask"),
        (2, 1, 3, "floating-point"),
    ])
    func `what cannot be shown right is named`(photometric: Int, compression: Int, sampleFormat: Int, words: String) {
        var sketch = TIFFSketch(Self.drawing) { [$0.red, $0.green, $0.blue] }
        (sketch.photometric, sketch.compression) = (photometric, compression)
        if sampleFormat != 1 { sketch.more.append((339, 3, 1, sampleFormat)) }
        let rejection = prepared(sketch).rejection
        #expect(rejection?.reason == .imageFormat)
        #expect(rejection?.detail.contains(words) == true, "\(rejection?.detail ?? "")")
    }
}

/// Raw files are TIFF by their first bytes; what can be read of them is a preview.
@Suite struct RawFileTests {
    private static let picture = TIFFSketch(Drawing.quadrants()) { [$0.red, $0.green, $0.blue] }
    private static let preview = with(
        TIFFSketch(Drawing.quadrants(width: 48, height: 32)) { [$0.red, $0.green, $0.blue] }
    ) {
        $0.subfile = 1
        $0.make = "NIKON\nCORPORATION"
    }
    private static let sensor = with(TIFFSketch(Drawing.quadrants(width: 192, height: 128)) { [$0.green] }) {
        $0.photometric = 32803
    }

    private static func with(_ sketch: TIFFSketch, _ change: (inout TIFFSketch) -> Void) -> TIFFSketch {
        var result = sketch
        change(&result)
        return result
    }

    private static let raws: [(name: String, file: [UInt8])] = [
        ("DNG", TIFFSketch.file([with(preview) { $0.more = [(50706, 1, 4, 0x0401)] }])),
        ("DNG", TIFFSketch.file([with(picture) { $0.more = [(50706, 1, 4, 0x0401)] }])),
        ("NIKON", TIFFSketch.file([with(preview) { $0.below = [sensor] }])),
        ("raw", TIFFSketch.file([with(picture) { $0.below = [sensor] }])),
        ("raw", TIFFSketch.file([sensor])),
        ("raw", TIFFSketch.file([picture, with(sensor) { $0.photometric = 34892 }])),
        ("CR2", TIFFSketch.file([picture, picture], mark: Array("CR\u{02}\0".utf8))),
        ("preview", TIFFSketch.file([preview])),
        (
            "raw",
            TIFFSketch.file([
                with(preview) {
                    $0.subfile = nil
                    $0.below = [picture]
                }
            ])
        ),
    ]

    @Test(arguments: raws.indices)
    func `the preview of a raw file is never the portrait`(_ index: Int) {
        let (name, file) = Self.raws[index]
        let result = plainWorkshop.prepare(file)
        #expect(result.rejection?.reason == .imageFormat, "\(index)")
        #expect(result.rejection?.detail.contains(name) == true, "\(index): \(result.rejection?.detail ?? "")")
        #expect(result.rejection?.detail.contains("\n") == false)
        #expect(plainWorkshop.thumbnail(of: file, side: 32) == nil)
    }

    @Test func `a preview before the picture or below it does no harm`() {
        let pages = [
            [Self.preview, Self.picture], [Self.with(Self.picture) { $0.below = [Self.preview] }],
            [Self.with(Self.picture) { $0.subfile = 2 }, Self.preview],
            [Self.with(Self.preview) { $0.subfile = 4 }, Self.picture],
        ]
        for page in pages {
            let image = plainWorkshop.prepare(TIFFSketch.file(page)).image
            #expect(image?.size == PixelSize(width: 96, height: 64))
            #expect(showsQuadrants(image))
        }
    }

    @Test(arguments: [
        ("FUJIFILMCCD-RAW 0201FF", "RAF"), ("IIRO\u{08}\0\0\0", "ORF"), ("IIU\0\u{18}\0\0\0", "RW2"),
        ("FOVb\0\0\0\0", "X3F"),
        ("\0\0\0\u{18}ftypcrx \0\0\0\u{01}crx isom", "CR3"), ("\0\0\0\u{1C}ftypavif\0\0\0\0avifmif1", "AVIF"),
        ("GIF89a\u{01}\0\u{01}\0\0\0\0", "GIF"), ("8BPS\0\u{01}\0\0\0\0\0\0", "Photoshop"), ("%PDF-1.7\n%abcde", "PDF"),
        ("\0\0\0\u{14}ftypqt  \0\0\0\0qt  ", "video"), ("\0\0\0\u{0C}jP  \r\n\u{87}\n", "JPEG 2000"),
        ("<?xml version=\"1.0\"?><svg/>", "XML"), ("bplist00 icloud placeholder", "property list"),
    ])
    func `a file that is no picture we read is called by its kind`(_ bytes: String, _ kind: String) {
        let rejection = plainWorkshop.prepare(Array(bytes.utf8)).rejection
        #expect(rejection?.reason == .imageFormat)
        #expect(rejection?.detail.contains(kind) == true, "\(rejection?.detail ?? "")")
    }

    @Test func `a file of zero bytes only was never written`() {
        #expect(plainWorkshop.prepare([UInt8](repeating: 0, count: 5000)).rejection?.reason == .imageTruncated)
    }
}
