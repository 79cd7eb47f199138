// SPDX-License-Identifier: Apache-2.0

import CTurboJPEG
import FaceImaging
import FaceModel
import Testing

@Suite struct ResizingTests {
    /// Sizes around those of the strips and squares that the work is done in.
    @Test(arguments: [
        (333, 457, 301), (640, 480, 320), (97, 128, 33), (513, 129, 511), (65, 1000, 640), (1500, 1125, 1280),
    ])
    func everyPlaceKeepsItsColour(width: Int, height: Int, side: Int) throws {
        func color(_ x: Double, _ y: Double) -> Color {
            Color(red: 40 + 170 * x, green: 40 + 170 * y, blue: 200 - 85 * (x + y))
        }
        var ramp = Drawing(width: width, height: height)
        ramp.paint(color)
        let limits = ImageLimits(maxSide: side)
        let image = try #require(ImageWorkshop(limits: limits, profile: .off).prepare(ramp.png()).image)
        #expect(image.size.longSide == max(64, side))
        let shown = try #require(Drawing(jpeg: image.bytes))
        for row in 0..<shown.height {
            for column in 0..<shown.width {
                let place = ((Double(column) + 0.5) / Double(shown.width), (Double(row) + 0.5) / Double(shown.height))
                try #require(shown[column, row].isNear(color(place.0, place.1), within: 14), "at \(column), \(row)")
            }
        }
    }
}
