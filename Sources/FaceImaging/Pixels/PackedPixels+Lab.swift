// SPDX-License-Identifier: Apache-2.0

import Glibc

extension PackedPixels {
    /// Turns CIELab into sRGB in place: L in 255 steps, a and b as signed bytes, white that of D50 as in TIFF and ICC.
    func turnLabIntoRGB() {
        let shades = (0...4095).map { Self.shade(Float($0) / 4095) }
        let samples = base
        for pixel in Swift.stride(from: 0, to: count, by: stride) {
            let fy = (Float(samples[pixel]) * (100.0 / 255) + 16) / 116
            let x = 0.9642 * Self.light(fy + Float(Int8(bitPattern: samples[pixel + 1])) / 500)
            let y = Self.light(fy)
            let z = 0.8249 * Self.light(fy - Float(Int8(bitPattern: samples[pixel + 2])) / 200)
            // From D50 to the white of screens (Bradford) and to the primaries of sRGB, in one matrix.
            let red = 3.1338561 * x - 1.6168667 * y - 0.4906146 * z
            let green = -0.9787684 * x + 1.9161415 * y + 0.0334540 * z
            let blue = 0.0719453 * x - 0.2289914 * y + 1.4052427 * z
            samples[pixel] = shades[Int(min(1, max(0, red)) * 4095)]
            samples[pixel + 1] = shades[Int(min(1, max(0, green)) * 4095)]
            samples[pixel + 2] = shades[Int(min(1, max(0, blue)) * 4095)]
        }
    }

    /// The light of a lightness, both 0 to 1 (CIE 1976).
    private static func light(_ value: Float) -> Float {
        value > 6.0 / 29 ? value * value * value : (value - 4.0 / 29) * (108.0 / 841)
    }

    /// The byte that stands for an amount of light in sRGB.
    private static func shade(_ light: Float) -> UInt8 {
        let value = light <= 0.0031308 ? light * 12.92 : 1.055 * powf(light, 1 / 2.4) - 0.055
        return UInt8((value * 255).rounded())
    }
}
