// SPDX-License-Identifier: Apache-2.0

import FaceModel

/// Random numbers that are the same on every run.
struct SeededRandom: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 &+ 1 }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

struct Color: Equatable {
    var red: Double
    var green: Double
    var blue: Double

    func darker(_ factor: Double) -> Color { Color(red: red * factor, green: green * factor, blue: blue * factor) }

    func isNear(_ other: Color, within distance: Double = 40) -> Bool {
        abs(red - other.red) < distance && abs(green - other.green) < distance && abs(blue - other.blue) < distance
    }
}

/// A picture made of three bytes a pixel.
struct Drawing {
    let width: Int
    let height: Int
    var pixels: [UInt8]

    init(width: Int, height: Int, pixels: [UInt8]? = nil) {
        self.width = width
        self.height = height
        self.pixels = pixels ?? [UInt8](repeating: 0, count: width * height * 3)
    }

    static let red = Color(red: 220, green: 30, blue: 30)
    static let green = Color(red: 30, green: 200, blue: 40)
    static let blue = Color(red: 40, green: 50, blue: 220)
    static let yellow = Color(red: 230, green: 220, blue: 40)

    /// Red, green, blue and yellow from the top left to the bottom right: no two of the eight orientations look alike.
    static func quadrants(width: Int = 96, height: Int = 64) -> Drawing {
        var drawing = Drawing(width: width, height: height)
        drawing.paint { x, y in y < 0.5 ? (x < 0.5 ? red : green) : (x < 0.5 ? blue : yellow) }
        return drawing
    }

    static func noise(width: Int, height: Int, seed: Int) -> Drawing {
        var random = SeededRandom(seed)
        var drawing = Drawing(width: width, height: height)
        for index in drawing.pixels.indices { drawing.pixels[index] = UInt8(truncatingIfNeeded: random.next()) }
        return drawing
    }

    /// Colours each pixel by its place, 0 to 1 in both directions.
    mutating func paint(_ color: (Double, Double) -> Color?) {
        for row in 0..<height {
            for column in 0..<width {
                let place = ((Double(column) + 0.5) / Double(width), (Double(row) + 0.5) / Double(height))
                guard let color = color(place.0, place.1) else { continue }
                self[column, row] = color
            }
        }
    }

    subscript(_ column: Int, _ row: Int) -> Color {
        get {
            let at = (row * width + column) * 3
            return Color(red: Double(pixels[at]), green: Double(pixels[at + 1]), blue: Double(pixels[at + 2]))
        }
        set {
            let at = (row * width + column) * 3
            pixels[at] = UInt8(min(255, max(0, newValue.red)))
            pixels[at + 1] = UInt8(min(255, max(0, newValue.green)))
            pixels[at + 2] = UInt8(min(255, max(0, newValue.blue)))
        }
    }

    /// The colours in the middle of the four quarters, row by row.
    var corners: [Color] {
        [(1, 1), (3, 1), (1, 3), (3, 3)].map { self[width * $0.0 / 4, height * $0.1 / 4] }
    }

    var size: PixelSize { PixelSize(width: width, height: height) }

    /// This picture as it must be stored for an EXIF orientation to turn it upright again.
    func stored(for orientation: Int) -> Drawing {
        let isTurned = orientation >= 5
        var result = Drawing(width: isTurned ? height : width, height: isTurned ? width : height)
        for row in 0..<height {
            for column in 0..<width {
                let (right, bottom) = (width - 1 - column, height - 1 - row)
                let place =
                    switch orientation {
                    case 2: (right, row)
                    case 3: (right, bottom)
                    case 4: (column, bottom)
                    case 5: (row, column)
                    case 6: (row, right)
                    case 7: (bottom, right)
                    case 8: (bottom, column)
                    default: (column, row)
                    }
                result[place.0, place.1] = self[column, row]
            }
        }
        return result
    }
}
