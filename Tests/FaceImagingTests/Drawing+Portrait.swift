// SPDX-License-Identifier: Apache-2.0

extension Drawing {
    /// A face that belongs to nobody, before a plain background.
    static func portrait(_ seed: Int, width: Int, height: Int) -> Drawing {
        var random = SeededRandom(seed)
        func any(_ range: ClosedRange<Double>) -> Double { Double.random(in: range, using: &random) }
        let skins = [(241, 205, 180), (224, 172, 140), (198, 140, 105), (141, 85, 50), (90, 56, 37)]
        let hairs = [(30, 22, 18), (90, 60, 30), (190, 150, 90), (120, 120, 120), (150, 60, 30)]
        func pick(_ list: [(Int, Int, Int)]) -> Color {
            let one = list[Int.random(in: list.indices, using: &random)]
            return Color(red: Double(one.0), green: Double(one.1), blue: Double(one.2))
        }
        let (skin, hair) = (pick(skins), pick(hairs))
        let ground = pick([(235, 235, 240), (200, 215, 230), (250, 250, 250), (120, 150, 190)])
        let cloth = Color(red: any(20...220), green: any(20...220), blue: any(20...220))
        let (centre, middle) = (0.5 + any(-0.04...0.04), any(0.40...0.47))
        let face = (width: any(0.2...0.27), height: any(0.22...0.29))
        let eyes = (apart: face.width * any(0.38...0.46), size: face.width * any(0.13...0.19))
        let (fringe, mouth) = (any(0.35...0.8), any(0.3...0.45))

        func inside(_ x: Double, _ y: Double, _ wide: Double, _ high: Double) -> Bool {
            (x / wide) * (x / wide) + (y / high) * (y / high) < 1
        }
        var drawing = Drawing(width: width, height: height)
        drawing.paint { column, row in
            let (x, y) = (column - centre, row - middle)
            let eye = (x: abs(x) - eyes.apart, y: y + face.height * 0.12)
            if inside(eye.x, eye.y, eyes.size * 0.5, eyes.size * 0.5) { return hair.darker(0.4) }
            if inside(eye.x, eye.y, eyes.size, eyes.size * 0.6) { return Color(red: 250, green: 250, blue: 250) }
            let lip = (y: y - face.height * mouth, half: face.width * 0.4)
            if abs(x) < lip.half, abs(lip.y) < 0.012 { return Color(red: 160, green: 60, blue: 60) }
            if inside(x, y, face.width, face.height) { return y < -face.height * fringe ? hair : skin }
            if inside(x, y + face.height * 0.3, face.width * 1.12, face.height) { return hair }
            if abs(x) < face.width * 0.4, y > 0, y < face.height * 1.4 { return skin.darker(0.85) }
            if inside(x, row - 1.15, face.width * 2.1, 0.42) { return cloth }
            return ground.darker(1 - row * 0.2)
        }
        return drawing
    }

    /// The same with more or less light, another tint and noise.
    func varied(_ seed: Int, light: Double, tint: Double, noise: Double) -> Drawing {
        var random = SeededRandom(seed &+ 7)
        var result = self
        let gains = [light * tint, light, light / tint]
        for index in pixels.indices {
            // The sum of four bytes is bell-shaped enough.
            let bits = noise == 0 ? 0 : random.next()
            let sum = Int(bits & 255) + Int(bits >> 8 & 255) + Int(bits >> 16 & 255) + Int(bits >> 24 & 255)
            let unit = noise == 0 ? 0 : Double(sum - 510) / 148
            let value = Double(pixels[index]) * gains[index % 3] + unit * noise
            result.pixels[index] = UInt8(min(255, max(0, value)))
        }
        return result
    }

    /// Three boxes one after another come close to a Gaussian of this radius.
    func blurred(_ radius: Double) -> Drawing {
        let reach = max(1, Int(radius))
        return (0..<3).reduce(self) { drawing, _ in drawing.boxed(reach, step: 3).boxed(reach, step: width * 3) }
    }

    private func boxed(_ reach: Int, step: Int) -> Drawing {
        var result = self
        let isAcross = step == 3
        let (lines, length) = isAcross ? (height, width) : (width, height)
        for line in 0..<lines {
            for part in 0..<3 {
                let start = (isAcross ? line * width * 3 : line * 3) + part
                func sample(_ at: Int) -> Int { Int(pixels[start + min(length - 1, max(0, at)) * step]) }
                var sum = (-reach...reach).reduce(0) { $0 + sample($1) }
                for at in 0..<length {
                    result.pixels[start + at * step] = UInt8(sum / (2 * reach + 1))
                    sum += sample(at + reach + 1) - sample(at - reach)
                }
            }
        }
        return result
    }
}
