// SPDX-License-Identifier: Apache-2.0

import FaceImaging
import FaceModel
import Testing

/// HEIC files as phones write them, and what else comes in their container.
@Suite struct HEIFKindTests {
    private typealias References = [(type: String, from: Int, to: [Int])]

    /// References that libheif before 1.18 refuses, each to the picture and to the same picture in more light.
    private static let phones: [References] = [
        [("auxl", 2, [1, 3])], [("auxl", 2, [1]), ("cdsc", 4, [1, 3])], [("auxl", 2, [3, 1]), ("cdsc", 4, [3, 1])],
        [("thmb", 2, [1, 3])], [("auxl", 2, [1]), ("cdsc", 4, [1])],
    ]

    @Test(arguments: phones.indices, [(false, false), (true, false), (false, true)])
    func `a photo with more light beside it is read`(_ index: Int, _ form: (hasLongIDs: Bool, isOpenEnded: Bool)) {
        var sketch = HEIFSketch.ofPhone(Self.phones[index])
        (sketch.hasLongIDs, sketch.isOpenEnded) = form
        let result = plainWorkshop.prepare(sketch.bytes)
        #expect(showsQuadrants(result.image), "\(result.rejection?.detail ?? "")")
        #expect(result.header?.bytes == sketch.bytes.count)
    }

    @Test(arguments: [2, 3, 7, 20, 40, 60, 80, 95, 99])
    func `a photo with more light that is cut short is refused as such`(_ percent: Int) {
        let file = HEIFSketch.ofPhone(Self.phones[0]).bytes
        let cut = Array(file.prefix(max(12, file.count * percent / 100)))
        // The last bytes are the camera's data, without which the picture is still whole to its decoder.
        let result = plainWorkshop.prepare(cut)
        #expect(result.rejection?.reason == .imageTruncated, "\(result.rejection?.detail ?? "")")
    }

    @Test(arguments: [("av01", "AVIF"), ("jpeg", "JPEG"), ("vvc1", "VVC")])
    func `another coding in a HEIC file is named`(_ type: String, _ name: String) {
        for brand in ["heic", "mif1"] {
            var sketch = HEIFSketch(items: [HEIFSketch.picture], brand: brand)
            sketch.items[0].type = type
            let rejection = plainWorkshop.prepare(sketch.bytes).rejection
            #expect(rejection?.reason == .imageFormat)
            #expect(rejection?.detail.contains(name) == true, "\(rejection?.detail ?? "")")
        }
    }

    @Test func `another coding behind tiles is named`() {
        var tile = HEIFSketch.picture
        tile.type = "av01"
        let grid = HEIFSketch.Item(type: "grid", properties: [tile.properties[1]], data: [0, 0, 0, 0, 0, 96, 0, 64])
        let sketch = HEIFSketch(items: [grid, tile], references: [("dimg", 1, [2])], brand: "mif1")
        #expect(plainWorkshop.prepare(sketch.bytes).rejection?.detail.contains("AVIF") == true)
    }

    @Test func `a picture of tiles is read`() {
        let tile = HEIFSketch.picture
        let grid = HEIFSketch.Item(type: "grid", properties: [tile.properties[1]], data: [0, 0, 0, 0, 0, 96, 0, 64])
        var sketch = HEIFSketch.ofPhone([("auxl", 2, [1, 3])])
        #expect(showsQuadrants(plainWorkshop.prepare(sketch.bytes).image))
        sketch = HEIFSketch(items: [grid, tile], references: [("dimg", 1, [2])], brand: "mif1")
        #expect(showsQuadrants(plainWorkshop.prepare(sketch.bytes).image))
    }

    @Test func `a sequence without a still picture is named`() {
        let head = big32(24) + Array("ftyphevc\0\0\0\0mif1hevc".utf8)
        let file = head + big32(16) + Array("moov".utf8) + [UInt8](repeating: 0, count: 8)
        let rejection = plainWorkshop.prepare(file).rejection
        #expect(rejection?.reason == .imageFormat)
        #expect(rejection?.detail.contains("sequence") == true)
    }

    @Test func `an index that refers to itself or lies about its lengths does no harm`() {
        var random = SeededRandom(77)
        let file = HEIFSketch.ofPhone(Self.phones[1]).bytes
        let index = 24..<file.count - HEIFSketch.picture.data.count * 2
        for _ in 0..<400 {
            var broken = file
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let bytes: [UInt8] = [0, 1, 2, 0x7F, 0x80, 0xFF, .random(in: 0...255, using: &random)]
                broken[Int.random(in: index, using: &random)] = bytes[Int.random(in: 0..<7, using: &random)]
            }
            let result = plainWorkshop.prepare(broken)
            #expect((result.image == nil) == (result.rejection != nil))
        }
        let own = HEIFSketch(items: [.init(type: "grid", properties: [], data: [])], references: [("dimg", 1, [1])])
        #expect(plainWorkshop.prepare(own.bytes).image == nil)
    }
}
