// SPDX-License-Identifier: Apache-2.0

import FaceModel

/// Reads the runs of a compressed BMP picture (RLE4, RLE8): pairs of bytes from the lowest row up.
///
/// What no run reaches has the first colour of the palette.
struct BMPRuns {
    private let view: ByteView
    private let header: BMPHeader
    private let colours: [UInt8]
    private let pixels: PackedPixels
    private var at: Int
    private var column = 0
    /// Counted in the order of the file.
    private var row = 0

    private init(_ view: ByteView, _ header: BMPHeader, _ colours: [UInt8], _ pixels: PackedPixels) {
        self.view = view
        self.header = header
        self.colours = colours
        self.pixels = pixels
        at = header.pixels
    }

    /// Decodes the runs.
    ///
    /// - Parameters:
    ///   - view: The file.
    ///   - header: Its header, of 4 or 8 bits a pixel.
    ///   - colours: 256 colours of three bytes each.
    ///   - pixels: Where the picture goes, which has its size already.
    /// - Returns: Whether the runs go on to the end of the picture; false where the file ends first.
    static func decode(_ view: ByteView, _ header: BMPHeader, _ colours: [UInt8], into pixels: PackedPixels) -> Bool {
        for index in 0..<pixels.width * pixels.height {
            for part in 0..<3 { pixels.base[index * 3 + part] = colours[part] }
        }
        var runs = BMPRuns(view, header, colours, pixels)
        return runs.run()
    }

    private mutating func run() -> Bool {
        while row < pixels.height {
            guard let count = view[at], let value = view[at + 1] else {
                // Some writers leave the mark at the end out.
                return row == pixels.height - 1 && column >= pixels.width
            }
            at += 2
            if count > 0 {
                for index in 0..<count {
                    put(header.bitsPerPixel == 4 ? value >> (index & 1 == 0 ? 4 : 0) & 15 : value)
                }
                continue
            }
            switch value {
            case 0:
                column = 0
                row += 1
            case 1:
                return true
            case 2:
                guard let right = view[at], let up = view[at + 1] else { return false }
                column += right
                row += up
                at += 2
            default:
                guard copy(value) else { return false }
            }
        }
        return true
    }

    /// Takes pixels as they stand; they fill up an even number of bytes.
    private mutating func copy(_ count: Int) -> Bool {
        let isHalf = header.bitsPerPixel == 4
        for index in 0..<count {
            guard let byte = view[at + (isHalf ? index / 2 : index)] else { return false }
            put(isHalf ? byte >> (index & 1 == 0 ? 4 : 0) & 15 : byte)
        }
        let bytes = isHalf ? (count + 1) / 2 : count
        at += bytes + bytes & 1
        return true
    }

    /// Sets the next pixel of a row; what runs over its end is dropped.
    private mutating func put(_ index: Int) {
        guard column < pixels.width, row < pixels.height else { return }
        let line = header.isTopDown ? row : pixels.height - 1 - row
        let target = pixels.base + (line * pixels.width + column) * 3
        for part in 0..<3 { target[part] = colours[index * 3 + part] }
        column += 1
    }
}
