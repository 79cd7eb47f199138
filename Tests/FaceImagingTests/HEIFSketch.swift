// SPDX-License-Identifier: Apache-2.0

/// A HEIC file put together from the picture in `quadrants.heic`, as phones put theirs.
struct HEIFSketch {
    /// An item: its type, its properties and its data.
    struct Item {
        var type: String
        var properties: [[UInt8]]
        var data: [UInt8]
    }

    var items: [Item] = []
    /// From an item to others, counted from 1.
    var references: [(type: String, from: Int, to: [Int])] = []
    var brand = "heic"
    var hasLongIDs = false
    /// Whether the last box says that it goes on to the end of the file.
    var isOpenEnded = false
    var primary = 1

    /// The picture alone.
    static var picture: Item {
        let file = fixture("quadrants.heic")
        func box(_ name: String) -> [UInt8] {
            let mark = file.indices.first { file[$0...].starts(with: name.utf8) } ?? 4
            let length = file[mark - 4..<mark].reduce(0) { $0 << 8 | Int($1) }
            return Array(file[mark - 4..<mark - 4 + length])
        }
        return Item(type: "hvc1", properties: [box("hvcC"), box("ispe")], data: Array(box("mdat").dropFirst(8)))
    }

    /// A picture, its gain map, and both as one picture of more light, as phones write it since 2024.
    static func ofPhone(_ references: [(type: String, from: Int, to: [Int])]) -> HEIFSketch {
        var sketch = HEIFSketch()
        var map = picture
        map.properties.append(full("auxC", Array("urn:com:apple:photo:2020:aux:hdrgainmap\0".utf8)))
        let light = Item(type: "tmap", properties: [picture.properties[1]], data: [UInt8](repeating: 0, count: 62))
        let camera = Item(type: "Exif", properties: [], data: [0, 0, 0, 0] + exif(orientation: 1, isBigEndian: true))
        sketch.items = [picture, map, light, camera]
        sketch.references = [("dimg", 3, [1, 2])] + references
        return sketch
    }

    /// The file.
    var bytes: [UInt8] {
        let head = Self.box("ftyp", Array("\(brand)\0\0\0\0mif1\(brand)".utf8))
        let start = head.count + meta(0).count + 8
        var data = Self.box("mdat", items.flatMap(\.data))
        if isOpenEnded { data.replaceSubrange(0..<4, with: big32(0)) }
        return head + meta(start) + data
    }

    private func meta(_ start: Int) -> [UInt8] {
        let ids = items.indices.map { $0 + 1 }
        func short(_ value: Int) -> [UInt8] { Array(big32(value).suffix(2)) }
        func id(_ value: Int) -> [UInt8] { hasLongIDs ? big32(value) : short(value) }
        let infos = zip(ids, items).flatMap { Self.full("infe", short($0) + short(0) + Array($1.type.utf8) + [0], 2) }
        let links = references.flatMap { Self.box($0.type, id($0.from) + short($0.to.count) + $0.to.flatMap(id)) }
        var places: [UInt8] = []
        var at = start
        var owners: [UInt8] = []
        var property = 1
        for (number, item) in zip(ids, items) {
            places += short(number) + short(0) + short(1) + big32(at) + big32(item.data.count)
            at += item.data.count
            guard !item.properties.isEmpty else { continue }
            owners += short(number) + [UInt8(item.properties.count)]
            owners += item.properties.indices.map { UInt8(property + $0) }
            property += item.properties.count
        }
        let owned = items.filter { !$0.properties.isEmpty }.count
        let properties = Self.box("ipco", items.flatMap { $0.properties.flatMap(\.self) })
        let parts: [[UInt8]] = [
            Self.full("hdlr", [0, 0, 0, 0] + Array("pict".utf8) + [UInt8](repeating: 0, count: 13)),
            Self.full("pitm", short(primary)), Self.full("iinf", short(items.count) + infos),
            Self.full("iref", links, hasLongIDs ? 1 : 0),
            Self.box("iprp", properties + Self.full("ipma", big32(owned) + owners)),
            Self.full("iloc", [0x44, 0] + short(items.count) + places),
        ]
        return Self.full("meta", parts.flatMap(\.self))
    }

    private static func box(_ type: String, _ content: [UInt8]) -> [UInt8] {
        big32(8 + content.count) + Array(type.utf8) + content
    }

    private static func full(_ type: String, _ content: [UInt8], _ version: UInt8 = 0) -> [UInt8] {
        box(type, [version, 0, 0, 0] + content)
    }
}
