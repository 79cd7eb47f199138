// SPDX-License-Identifier: Apache-2.0

import FaceImaging
import FaceModel
import Glibc
import Testing

/// Animations give their first picture, compressed BMP gives its only one.
@Suite struct AnimationAndRunsTests {
    private let drawing = Drawing.quadrants()

    @Test func `an animation gives its first picture on white`() throws {
        let file = animation(canvas: (192, 128), at: (48, 32))
        #expect(try ImageProbe.header(of: file).size == PixelSize(width: 192, height: 128))
        let image = try #require(plainWorkshop.prepare(file).image)
        let shown = try #require(Drawing(jpeg: image.bytes))
        let white = Color(red: 255, green: 255, blue: 255)
        for (column, row) in [(10, 10), (180, 10), (10, 120), (180, 120)] {
            #expect(shown[column, row].isNear(white, within: 12))
        }
        for (place, color) in zip([(72, 48), (120, 48), (72, 80), (120, 80)], uprightCorners) {
            #expect(shown[place.0, place.1].isNear(color))
        }
        #expect(showsQuadrants(plainWorkshop.prepare(animation(canvas: (96, 64), at: (0, 0))).image))
    }

    @Test func `an animation whose first picture leaves the canvas is refused`() {
        let outside = animation(canvas: (96, 64), at: (2, 0))
        #expect(plainWorkshop.prepare(outside).rejection?.reason == .imageFormat)
        let file = animation(canvas: (96, 64), at: (0, 0))
        #expect(plainWorkshop.prepare(file.dropLast(20)).rejection?.reason == .imageTruncated)
        let empty = webp([("VP8X", [2, 0, 0, 0] + little24(95) + little24(63)), ("ANIM", [0, 0, 0, 0, 0, 0])])
        #expect(plainWorkshop.prepare(empty).rejection != nil)
    }

    @Test(arguments: [4, 8])
    func `runs of a BMP are read`(_ bits: Int) {
        #expect(showsQuadrants(plainWorkshop.prepare(drawing.bmpRuns(bits)).image))
        #expect(showsQuadrants(plainWorkshop.prepare(drawing.bmpRuns(bits, isLiteral: true)).image))
        // OS/2's second header: the same begin, and more of it.
        #expect(showsQuadrants(plainWorkshop.prepare(drawing.bmpRuns(bits, header: 64)).image))
        // A picture that is not compressed may be passed on; this one never is.
        #expect(plainWorkshop.prepare(drawing.bmpRuns(bits)).image?.isOriginal == false)
    }

    @Test func `a BMP that not every program reads is made a JPEG`() {
        #expect(plainWorkshop.prepare(drawing.bmp()).image?.isOriginal == true)
        for file in [drawing.bmp(.bits32Masks), drawing.bmp(.topDown)] {
            let image = plainWorkshop.prepare(file).image
            #expect(showsQuadrants(image) && image?.isOriginal == false)
        }
        var colourful = drawing.bmp(.bits8)
        colourful.replaceSubrange(46..<50, with: little32(300))
        #expect(plainWorkshop.prepare(colourful).image?.isOriginal == false)
    }

    @Test(arguments: [4, 8])
    func `what no run of a BMP reaches has the first colour`(_ bits: Int) throws {
        // One pixel of colour 1, five to the right and seven up another of colour 2, and the end.
        let runs: [UInt8] = [1, 0x11, 0, 2, 5, 7, 1, 0x22, 0, 1]
        let image = try #require(plainWorkshop.prepare(drawing.bmp(runs: runs, bits: bits == 4 ? 4 : 8)).image)
        let shown = try #require(Drawing(jpeg: image.bytes))
        #expect(shown[80, 20].isNear(Drawing.red))
    }

    @Test(arguments: [4, 8])
    func `runs that go over the end of a row, of the picture or of the file do no harm`(_ bits: Int) {
        let wide = [UInt8](repeating: 255, count: 2000)
        #expect(plainWorkshop.prepare(drawing.bmp(runs: wide, bits: bits)).rejection?.reason == .imageTruncated)
        let high: [UInt8] = [0, 2, 255, 255, 9, 1, 0, 1]
        #expect(plainWorkshop.prepare(drawing.bmp(runs: high, bits: bits)).rejection == nil)
        let whole = drawing.bmpRuns(bits)
        for part in 2..<12 {
            let cut = Array(whole.prefix(whole.count - 3 * part))
            #expect(plainWorkshop.prepare(cut).rejection?.reason == .imageTruncated)
        }
        var random = SeededRandom(bits)
        for _ in 0..<150 {
            let noise = (0..<Int.random(in: 1...300, using: &random)).map { _ in
                UInt8(truncatingIfNeeded: random.next())
            }
            let result = plainWorkshop.prepare(drawing.bmp(runs: noise, bits: bits))
            #expect((result.image == nil) == (result.rejection != nil))
        }
    }

    @Test(arguments: [(4, 8, "JPEG"), (5, 8, "PNG"), (1, 4, "runs"), (2, 8, "runs"), (9, 24, "compression 9")])
    func `other compressions of BMP are named`(_ compression: Int, _ bits: Int, _ words: String) {
        var file = drawing.bmp(bits == 24 ? .bits24 : bits == 4 ? .bits4 : .bits8)
        file.replaceSubrange(30..<34, with: little32(compression))
        let rejection = plainWorkshop.prepare(file).rejection
        #expect(rejection?.reason == .imageFormat)
        #expect(rejection?.detail.contains(words) == true, "\(rejection?.detail ?? "")")
    }

    @Test(arguments: [100_000, 22_000, 55_000])
    func `a PNG with a gamma of its own is sent in the usual one`(_ gamma: Int) throws {
        var dim = drawing
        // What is stored is light to the power of the gamma; the drawing's numbers are light to the power of 1 ÷ 2.2.
        let power = 2.2 * Double(gamma) / 100_000
        dim.pixels = dim.pixels.map { UInt8((255 * pow(Double($0) / 255, power)).rounded()) }
        let photo = withChunk(dim.png(), chunk("gAMA", big32(gamma)))
        let result = plainWorkshop.prepare(photo)
        #expect(result.image?.isOriginal == false)
        #expect(showsQuadrants(result.image))
    }

    @Test func `a PNG that says sRGB or its gamma is sent as it is`() {
        let plain = drawing.png()
        #expect(plainWorkshop.prepare(withChunk(plain, chunk("gAMA", big32(45_455)))).image?.isOriginal == true)
        let both = chunk("sRGB", [0]) + chunk("gAMA", big32(100_000))
        #expect(plainWorkshop.prepare(withChunk(plain, both)).image?.isOriginal == true)
        let turned = chunk("gAMA", big32(100_000)) + chunk("sRGB", [0])
        #expect(plainWorkshop.prepare(withChunk(plain, turned)).image?.isOriginal == true)
    }

    @Test func `transparent colours of a PNG become white`() throws {
        // Palette: the first colour is transparent. Grey and RGB: one value is.
        let palette = drawing.png(.palette)
        let header = 33 + 12 + 12
        let file = Array(palette[..<header]) + chunk("tRNS", [0]) + palette[header...]
        let keyed = withChunk(drawing.png(), chunk("tRNS", [0, 220, 0, 30, 0, 30]))
        for photo in [file, keyed] {
            let image = try #require(plainWorkshop.prepare(photo).image)
            let corners = try #require(Drawing(jpeg: image.bytes)).corners
            #expect(corners[0].isNear(Color(red: 255, green: 255, blue: 255), within: 12))
            #expect(corners[1].isNear(Drawing.green) && corners[3].isNear(Drawing.yellow))
        }
    }

    /// A PNG file with more chunks behind its header.
    private func withChunk(_ png: [UInt8], _ chunk: [UInt8]) -> [UInt8] { Array(png[..<33]) + chunk + png[33...] }

    /// An animation of one picture, the one of `quadrants.webp`.
    private func animation(canvas: (Int, Int), at place: (Int, Int)) -> [UInt8] {
        let still = Array(fixture("quadrants.webp").dropFirst(12))
        let frame =
            little24(place.0 / 2) + little24(place.1 / 2) + little24(95) + little24(63) + little24(100) + [0] + still
        return webp([
            ("VP8X", [2, 0, 0, 0] + little24(canvas.0 - 1) + little24(canvas.1 - 1)), ("ANIM", [0, 0, 255, 255, 0, 0]),
            ("ANMF", frame), ("ANMF", frame),
        ])
    }

    private func webp(_ chunks: [(name: String, body: [UInt8])]) -> [UInt8] {
        let body = chunks.flatMap { name, body in
            Array(name.utf8) + little32(body.count) + body + [UInt8](repeating: 0, count: body.count % 2)
        }
        return Array("RIFF".utf8) + little32(body.count + 4) + Array("WEBP".utf8) + body
    }
}

private func little24(_ value: Int) -> [UInt8] { Array(little32(value).prefix(3)) }
