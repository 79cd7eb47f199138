// SPDX-License-Identifier: Apache-2.0

extension Plane {
    /// Fills this plane, shaped beforehand, with another one turned upright.
    ///
    /// - Parameters:
    ///   - source: The plane as stored.
    ///   - orientation: Its EXIF orientation, 1 to 8.
    func copyUpright(_ source: Plane, orientation: Int) {
        // Where the pixel after, and the pixel below, a stored one goes: a step each in the upright plane.
        let (right, down) = (1, stride)
        let last = (height - 1) * stride
        let (start, acrossStep, downStep) =
            switch orientation {
            case 2: (width - 1, -right, down)
            case 3: (last + width - 1, -right, -down)
            case 4: (last, right, -down)
            case 5: (0, down, right)
            case 6: (width - 1, down, -right)
            case 7: (last + width - 1, -down, -right)
            case 8: (last, -down, right)
            default: (0, right, down)
            }
        // Squares of 32, so that writing down a column stays within the cache.
        for top in Swift.stride(from: 0, to: source.height, by: 32) {
            for left in Swift.stride(from: 0, to: source.width, by: 32) {
                for row in top..<min(top + 32, source.height) {
                    var to = start + row * downStep + left * acrossStep
                    let from = source.base + row * source.stride
                    for column in left..<min(left + 32, source.width) {
                        base[to] = from[column]
                        to &+= acrossStep
                    }
                }
            }
        }
    }
}
