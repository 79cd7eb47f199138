// SPDX-License-Identifier: Apache-2.0

import CLibTIFF
import FaceModel

/// Samples that are numbers with a point, or whole ones of 32 or 64 bits: the file does not say which of them is white.
///
/// It is told by the largest one: programs write 0 to 1, 0 to 255, 0 to 65,535, or all that fits
/// (docs/decisions/0054-wide-samples.md). What is below black or no number is black.
struct TIFFWideSamples {
    /// Light beyond 1 is what shines, up to four stops; a picture of 255 steps that uses so few is black anyway.
    private static let brightestShine = 16.0

    private let width: Int
    /// Bytes from one pixel to the next.
    private let step: Int
    private let sampleBytes: Int
    private let isPlanar: Bool
    private let isFloat: Bool
    private let largest: Double
    private let value: (UnsafeRawPointer) -> Double
    /// The largest sample of the colours, and of the opacity.
    private var peaks = (colour: 0.0, opacity: 0.0)

    /// What reads the samples of a picture, where they are wide grey or red, green and blue.
    init?(_ page: TIFFPage) {
        guard page.isWide, !page.isLab, page.color == .grey || page.color == .rgb else { return nil }
        let isSigned = page.sampleFormat == SAMPLEFORMAT_INT
        isFloat = page.sampleFormat == SAMPLEFORMAT_IEEEFP
        switch (page.bits, isFloat) {
        case (16, true): value = { Double($0.loadUnaligned(as: Float16.self)) }
        case (32, true): value = { Double($0.loadUnaligned(as: Float.self)) }
        case (64, true): value = { $0.loadUnaligned(as: Double.self) }
        case (32, false) where isSigned: value = { Double($0.loadUnaligned(as: Int32.self)) }
        case (32, false): value = { Double($0.loadUnaligned(as: UInt32.self)) }
        case (64, false) where isSigned: value = { Double($0.loadUnaligned(as: Int64.self)) }
        case (64, false): value = { Double($0.loadUnaligned(as: UInt64.self)) }
        default: return nil
        }
        let bits = page.bits - (isSigned ? 1 : 0)
        largest = bits == 64 ? Double(UInt64.max) : Double(UInt64(1) << UInt64(bits) - 1)
        sampleBytes = page.bits / 8
        isPlanar = page.isPlanar
        step = sampleBytes * (page.isPlanar ? 1 : page.samples)
        width = page.size.width
    }

    /// Looks at the samples of a row, of which the largest decides.
    mutating func note(_ row: UnsafePointer<UInt8>, _ slot: TIFFRows.Slot) {
        var peak = slot.slot == 3 ? peaks.opacity : peaks.colour
        for column in 0..<width {
            let sample = sample(row, column, slot)
            if sample.isFinite && sample > peak { peak = sample }
        }
        if slot.slot == 3 { peaks.opacity = peak } else { peaks.colour = peak }
    }

    /// Makes bytes of the samples of a row, after all rows have been noted.
    func copy(_ row: UnsafePointer<UInt8>, _ slot: TIFFRows.Slot, to target: UnsafeMutablePointer<UInt8>) {
        let scale = 255 / white(slot.slot == 3 ? peaks.opacity : peaks.colour)
        for column in 0..<width {
            let sample = sample(row, column, slot) * scale
            target[column * 4 + slot.slot] = sample > 0 ? UInt8(min(255, sample).rounded()) : 0
        }
    }

    private func sample(_ row: UnsafePointer<UInt8>, _ column: Int, _ slot: TIFFRows.Slot) -> Double {
        value(UnsafeRawPointer(row) + column * step + (isPlanar ? 0 : slot.sample * sampleBytes))
    }

    private func white(_ peak: Double) -> Double {
        if isFloat && peak <= Self.brightestShine { return 1 }
        if peak <= 255 { return 255 }
        if peak <= 65535 { return 65535 }
        return isFloat ? peak : largest
    }
}
