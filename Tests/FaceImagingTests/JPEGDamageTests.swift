// SPDX-License-Identifier: Apache-2.0

import CTurboJPEG
import FaceImaging
import FaceModel
import Testing

/// Sound JPEG files that libjpeg warns of, and broken ones of which the loudest warning is mild.
@Suite struct JPEGDamageTests {
    private static let photo = Drawing.portrait(2, width: 480, height: 640).jpeg()
    private let hr = ImageWorkshop(limits: ImageLimits(), profile: .hr)

    /// What writers do that harms no pixel.
    private static let habits: [(name: String, change: @Sendable ([UInt8]) -> [UInt8])] = [
        ("JFIF of a revision to come", { replaced($0, at: 11, by: [2]) }),
        (
            "an unknown transform of Adobe",
            { inserted($0, [0xFF, 0xEE, 0, 14] + Array("Adobe".utf8) + [0, 100, 0, 0, 0, 0, 7]) }
        ),
        ("a scan up to coefficient 0", { replaced($0, at: scan(of: $0) - 3, by: [0, 0, 0]) }),
        ("a scan of a later pass", { replaced($0, at: scan(of: $0) - 3, by: [0, 63, 0x10]) }),
        ("stray bytes in the header", { inserted($0, [0, 0]) }),
        ("words in the header", { inserted($0, Array("hello".utf8)) }),
        ("stuffed bytes in the header", { inserted($0, [0xFF, 0, 0, 2]) }),
        ("fill bytes in the header", { inserted($0, [0xFF, 0xFF, 0xFF]) }),
        ("zeroes before the end", { Array($0.dropLast(2)) + [UInt8](repeating: 0, count: 3) + $0.suffix(2) }),
        ("many zeroes before the end", { Array($0.dropLast(2)) + [UInt8](repeating: 0, count: 700) + $0.suffix(2) }),
        ("blanks before the end", { Array($0.dropLast(2)) + [UInt8](repeating: 0x20, count: 40) + $0.suffix(2) }),
    ]

    /// What is lost, whatever else a decoder may warn of.
    private static let losses: [(name: String, change: @Sendable ([UInt8]) -> [UInt8])] = [
        ("the second half", { Array($0.prefix($0.count / 2)) + [0xFF, 0xD9] }),
        ("32 bytes rotten", { rotten($0) }),
        ("4 KiB taken out", { Array($0[..<middle(of: $0)]) + $0[(middle(of: $0) + 4096)...] }),
        ("the second half zeroes", { zeroed($0, to: $0.count - 2) }),
        ("the second half zeroes, no end", { zeroed($0, to: $0.count) }),
        ("a hole of zeroes", { zeroed($0, to: middle(of: $0) + 2048) }),
    ]

    @Test(arguments: habits.indices)
    func `a file whose pixels are all there is not refused`(_ index: Int) {
        let (name, change) = Self.habits[index]
        let result = hr.prepare(change(Self.photo))
        #expect(result.rejection == nil, "\(name): \(result.rejection?.detail ?? "")")
        #expect(result.image?.isOriginal == true, "\(name)")
    }

    @Test(arguments: losses.indices, habits.indices)
    func `no harmless oddity hides what was lost`(_ loss: Int, _ habit: Int) {
        let file = Self.losses[loss].change(Self.habits[habit].change(Self.photo))
        let reason = hr.prepare(file).rejection?.reason
        #expect(reason == .imageTruncated, "\(Self.losses[loss].name), \(Self.habits[habit].name)")
    }

    @Test(arguments: losses.indices)
    func `damage of a progressive file is told too`(_ loss: Int) {
        let file = Drawing.portrait(2, width: 480, height: 640).jpeg(quality: 97, isProgressive: true)
        #expect(hr.prepare(file).rejection == nil)
        let odd = replaced(Self.losses[loss].change(file), at: 11, by: [2])
        #expect(hr.prepare(odd).rejection?.reason == .imageTruncated, "\(Self.losses[loss].name)")
    }

    @Test func `a progressive file that ends between two scans is not whole`() {
        let file = Drawing.portrait(2, width: 480, height: 640).jpeg(isProgressive: true)
        let starts = file.indices.dropLast().filter { file[$0] == 0xFF && file[$0 + 1] == 0xDA }
        #expect(starts.count > 3)
        for start in starts.dropFirst() {
            #expect(hr.prepare(Array(file[..<start]) + [0xFF, 0xD9]).rejection?.reason == .imageTruncated)
        }
    }

    @Test func `bits that shift leave varied bytes over, which are no padding`() {
        var random = SeededRandom(5)
        let start = scan(of: Self.photo)
        var told = 0
        for _ in 0..<80 {
            var file = Self.photo
            file[Int.random(in: start..<file.count - 2, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
            let result = hr.prepare(file)
            if result.rejection?.reason == .imageTruncated { told += 1 }
        }
        // Most flips change one block or the light of the rest, of which nothing in the file tells.
        #expect(told > 3)
    }

    // libjpeg counts up to seven of them without a word, and adds them to what it passes over next.
    @Test(arguments: [[UInt8](repeating: 0, count: 9), [0, 0, 0], [0x5A], [0x11, 0x22, 0x33, 0x44], Array(1...12)])
    func `bytes that stand before every restart marker are a habit`(_ bytes: [UInt8]) {
        let photo = fixture("restarts.jpg")
        let odd = beforeRestarts(photo) { _ in bytes }
        #expect(odd.count == photo.count + 7 * bytes.count)
        #expect(plainWorkshop.hash(of: odd) == plainWorkshop.hash(of: photo))
        #expect(plainWorkshop.hash(of: odd) != nil)
    }

    @Test func `varied bytes before one restart marker are a loss`() {
        let odd = beforeRestarts(fixture("restarts.jpg")) { $0 == 3 ? (0..<24).map { UInt8($0 * 7 + 1) } : [] }
        #expect(plainWorkshop.hash(of: odd) == nil)
    }

    @Test func `zeroes up to a multiple of some length are padding`() {
        let odd = beforeRestarts(fixture("restarts.jpg")) { [UInt8](repeating: 0, count: [5, 0, 3, 11, 1, 0, 2][$0]) }
        #expect(plainWorkshop.hash(of: odd) == plainWorkshop.hash(of: fixture("restarts.jpg")))
    }

    @Test func `a lost restart interval is a loss among habits`() {
        let photo = beforeRestarts(fixture("restarts.jpg")) { _ in [0, 0, 0] }
        let marks = restarts(of: photo)
        let odd = Array(photo[..<marks[2]]) + photo[marks[3]...]
        #expect(plainWorkshop.hash(of: odd) == nil)
    }

    @Test func `ink without Adobe's marker is what it is with it`() throws {
        #expect(try ImageProbe.header(of: fixture("ink.jpg")).color == .cmyk)
        #expect(showsQuadrants(plainWorkshop.prepare(fixture("ink.jpg")).image))
    }
}

/// Where the data of the first scan begins.
private func scan(of file: [UInt8]) -> Int {
    let mark = file.indices.dropLast().first { file[$0] == 0xFF && file[$0 + 1] == 0xDA } ?? 0
    return mark + 2 + Int(file[mark + 2]) << 8 + Int(file[mark + 3])
}

private func middle(of file: [UInt8]) -> Int { (scan(of: file) + file.count) / 2 }

private func replaced(_ file: [UInt8], at place: Int, by bytes: [UInt8]) -> [UInt8] {
    file[..<place] + bytes + file[(place + bytes.count)...]
}

/// Bytes between the JFIF segment and the next.
private func inserted(_ file: [UInt8], _ bytes: [UInt8]) -> [UInt8] { file[..<20] + bytes + file[20...] }

private func rotten(_ file: [UInt8]) -> [UInt8] {
    var (result, random) = (file, SeededRandom(9))
    // Counted from the start, so that what stands before the end does not choose other bytes.
    for at in scan(of: file) + 4000..<scan(of: file) + 4032 { result[at] = UInt8.random(in: 1...253, using: &random) }
    return result
}

private func zeroed(_ file: [UInt8], to end: Int) -> [UInt8] {
    let start = middle(of: file)
    return file[..<start] + [UInt8](repeating: 0, count: end - start) + file[end...]
}

private func restarts(of file: [UInt8]) -> [Int] {
    file.indices.dropLast().filter { file[$0] == 0xFF && (0xD0...0xD7).contains(file[$0 + 1]) }
}

/// A file with bytes before each restart marker, counted from 0.
private func beforeRestarts(_ file: [UInt8], _ bytes: (Int) -> [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var last = 0
    for (index, mark) in restarts(of: file).enumerated() {
        result += file[last..<mark] + bytes(index)
        last = mark
    }
    return result + file[last...]
}
