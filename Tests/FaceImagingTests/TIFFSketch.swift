// SPDX-License-Identifier: Apache-2.0

/// A directory of a TIFF file to be written: its samples, and what it says of them.
struct TIFFSketch {
    var width = 96
    var height = 64
    /// The samples of each pixel, row by row; with 16 bits, what is written is the sample and the same byte again.
    var samples: [[UInt8]]
    var photometric = 2
    var bits = 8
    /// How a sample is written, where bits alone do not tell.
    var writing: (@Sendable (UInt8) -> [UInt8])?
    var extraSamples: [Int] = []
    var isPlanar = false
    var subfile: Int?
    var compression = 1
    var make: String?
    /// Further entries of four bytes: tag, type, how many, value.
    var more: [(tag: Int, type: Int, count: Int, value: Int)] = []
    /// Directories that hang below this one.
    var below: [TIFFSketch] = []

    /// The colours of a drawing.
    init(_ drawing: Drawing, _ sample: ((red: UInt8, green: UInt8, blue: UInt8)) -> [UInt8]) {
        (width, height) = (drawing.width, drawing.height)
        samples = stride(from: 0, to: drawing.pixels.count, by: 3).map {
            sample((drawing.pixels[$0], drawing.pixels[$0 + 1], drawing.pixels[$0 + 2]))
        }
    }

    private var data: [UInt8] {
        func stored(_ sample: UInt8) -> [UInt8] { writing?(sample) ?? (bits == 16 ? [sample, sample] : [sample]) }
        if bits == 12 { return twelve(samples.flatMap(\.self)) }
        guard isPlanar, let count = samples.first?.count else { return samples.flatMap { $0.flatMap(stored) } }
        return (0..<count).flatMap { plane in samples.flatMap { stored($0[plane]) } }
    }

    /// Two samples in three bytes, the low bits of each all ones.
    private func twelve(_ samples: [UInt8]) -> [UInt8] {
        stride(from: 0, to: samples.count - 1, by: 2).flatMap { at -> [UInt8] in
            [samples[at], 0xF0 | samples[at + 1] >> 4, samples[at + 1] << 4 | 0x0F]
        }
    }

    /// A file of directories in a chain, with bytes in the order of PCs; a big one has offsets of 64 bits (BigTIFF).
    static func file(_ pages: [TIFFSketch], isBig: Bool = false, mark: [UInt8] = []) -> [UInt8] {
        var writer = TIFFWriter(isBig: isBig)
        writer.bytes += mark
        let places = pages.map { writer.add($0) }
        var links = [isBig ? 8 : 4] + places.map(\.next)
        links.removeLast()
        for (link, place) in zip(links, places) { writer.link(link, to: place.start) }
        return writer.bytes
    }

    fileprivate func entries(_ writer: inout TIFFWriter) -> [(tag: Int, type: Int, count: Int, bytes: [UInt8])] {
        func longs(_ values: [Int]) -> [UInt8] { values.flatMap(little32) }
        func shorts(_ values: [Int]) -> [UInt8] { values.flatMap(little16) }
        let count = samples.first?.count ?? 0
        let strips = isPlanar ? count : 1
        let data = data
        let start = writer.place(data)
        let starts = (0..<strips).map { start + $0 * data.count / strips }
        var result: [(tag: Int, type: Int, count: Int, bytes: [UInt8])] = [
            (256, 4, 1, longs([width])), (257, 4, 1, longs([height])),
            (258, 3, count, shorts([Int](repeating: bits, count: count))), (259, 3, 1, shorts([compression])),
            (262, 3, 1, shorts([photometric])), (273, 4, strips, longs(starts)), (277, 3, 1, shorts([count])),
            (278, 4, 1, longs([height])), (279, 4, strips, longs([Int](repeating: data.count / strips, count: strips))),
            (284, 3, 1, shorts([isPlanar ? 2 : 1])),
        ]
        if let subfile { result.append((254, 4, 1, longs([subfile]))) }
        if let make { result.append((271, 2, make.utf8.count + 1, Array(make.utf8) + [0])) }
        if !extraSamples.isEmpty { result.append((338, 3, extraSamples.count, shorts(extraSamples))) }
        result += more.map { ($0.tag, $0.type, $0.count, little32($0.value)) }
        if !below.isEmpty {
            let places = below.map { writer.add($0).start }
            result.append((330, 4, places.count, longs(places)))
        }
        return result.sorted { $0.tag < $1.tag }
    }
}

/// Puts directories and what they point to behind each other.
private struct TIFFWriter {
    let isBig: Bool
    var bytes: [UInt8]

    init(isBig: Bool) {
        self.isBig = isBig
        bytes = isBig ? [0x49, 0x49, 43, 0, 8, 0, 0, 0] + little64(0) : [0x49, 0x49, 42, 0] + little32(0)
    }

    mutating func place(_ data: [UInt8]) -> Int {
        if bytes.count % 2 == 1 { bytes.append(0) }
        defer { bytes += data }
        return bytes.count
    }

    func offset(_ value: Int) -> [UInt8] { isBig ? little64(value) : little32(value) }

    mutating func link(_ at: Int, to start: Int) {
        bytes.replaceSubrange(at..<at + (isBig ? 8 : 4), with: offset(start))
    }

    /// Writes a directory; says where it starts, and where the link to the next one stands.
    mutating func add(_ sketch: TIFFSketch) -> (start: Int, next: Int) {
        let room = isBig ? 8 : 4
        let entries = sketch.entries(&self).map { entry -> [UInt8] in
            var value = entry.bytes
            if value.count > room { value = offset(place(value)) }
            value += [UInt8](repeating: 0, count: room - value.count)
            return little16(entry.tag) + little16(entry.type) + offset(entry.count) + value
        }
        let count = isBig ? little64(entries.count) : little16(entries.count)
        let start = place(count + entries.flatMap(\.self) + offset(0))
        return (start, bytes.count - room)
    }
}

private func little64(_ value: Int) -> [UInt8] { little32(value & 0xFFFF_FFFF) + little32(value >> 32) }
