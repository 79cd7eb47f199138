// SPDX-License-Identifier: Apache-2.0

/// What a generated picture says about itself, since the simulator has no eyes.
///
/// `facelib-fixture:faces=N` and `facelib-fixture:quality=N` in ASCII anywhere in the file, for instance in a
/// JPEG comment or a PNG text chunk. Without them: one face, quality 67.
struct FixtureMarkers: Sendable, Equatable {
    var faces = 1
    var quality = 67

    private static let prefix = Array("facelib-fixture:".utf8)

    init(in bytes: [UInt8]) {
        var from = 0
        while let found = ByteSearch.first(Self.prefix, in: bytes, from: from) {
            from = found + Self.prefix.count
            read(bytes[from..<min(from + 32, bytes.count)])
        }
    }

    private mutating func read(_ bytes: ArraySlice<UInt8>) {
        let parts = bytes.split(separator: UInt8(ascii: "="), maxSplits: 1)
        guard parts.count == 2 else { return }
        let digits = parts[1].prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        guard let number = Int(String(decoding: digits.prefix(6), as: UTF8.self)) else { return }
        switch String(decoding: parts[0], as: UTF8.self) {
        case "faces": faces = number
        case "quality": quality = number
        default: return
        }
    }
}
