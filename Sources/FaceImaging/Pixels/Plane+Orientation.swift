// SPDX-License-Identifier: Apache-2.0

extension Plane {
    /// Fills this plane with another one turned upright.
    ///
    /// - Parameters:
    ///   - source: The plane as stored.
    ///   - orientation: Its EXIF orientation, 1 to 8.
    func copyUpright(_ source: Plane, orientation: Int) {
        let isTurned = orientation >= 5
        reshape(width: isTurned ? source.height : source.width, height: isTurned ? source.width : source.height)
        // Where the pixel after, and the pixel below, a stored one goes: a step each in the upright plane.
        let (right, down) = (1, width)
        let (start, acrossStep, downStep) =
            switch orientation {
            case 2: (width - 1, -right, down)
            case 3: (count - 1, -right, -down)
            case 4: ((height - 1) * width, right, -down)
            case 5: (0, down, right)
            case 6: (width - 1, down, -right)
            case 7: (count - 1, -down, -right)
            case 8: ((height - 1) * width, -down, right)
            default: (0, right, down)
            }
        // Squares of 32, so that writing down a column stays within the cache.
        for top in stride(from: 0, to: source.height, by: 32) {
            for left in stride(from: 0, to: source.width, by: 32) {
                for row in top..<min(top + 32, source.height) {
                    var to = start + row * downStep + left * acrossStep
                    let from = source.base + row * source.width
                    for column in left..<min(left + 32, source.width) {
                        base[to] = from[column]
                        to &+= acrossStep
                    }
                }
            }
        }
    }
}
