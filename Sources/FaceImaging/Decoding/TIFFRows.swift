// SPDX-License-Identifier: Apache-2.0

import CLibTIFF
import FaceModel

/// Reads a TIFF picture row by row, sample by sample, where libtiff's own way to RGBA does not read it or shows it wrong.
///
/// That is samples of 12 bits, ink of 16, and whatever stands beside the colours, which it takes for transparency or
/// leaves out. CIELab it shows as yellow as its white is, that of paper and not of screens.
struct TIFFRows {
    private let tiff: OpaquePointer
    private let page: TIFFPage
    /// Bytes of a row, more than any picture of 64 megapixels needs that is not made to take memory.
    private static let longestRow: UInt64 = 64 << 20

    /// A reader, where a picture needs one and can be read by it: samples of 8, 12 or 16 bits in strips.
    init?(_ tiff: OpaquePointer, _ page: TIFFPage) {
        guard page.color == .cmyk || page.isLab || page.bits == 12 || !page.extraSamples.isEmpty else { return nil }
        guard [.cmyk, .rgb, .grey].contains(page.color), [8, 12, 16].contains(page.bits) else { return nil }
        guard page.samples == page.colours + page.extraSamples.count, !page.isTiled else { return nil }
        let inks = Int32(fl_tiff_field_16(tiff, UInt32(TIFFTAG_INKSET)))
        guard page.color != .cmyk || inks == INKSET_CMYK else { return nil }
        guard TIFFScanlineSize64(tiff) <= Self.longestRow else { return nil }
        self.tiff = tiff
        self.page = page
    }

    /// Decodes the picture.
    ///
    /// - Parameter pixels: Where it goes, laid on white where it is transparent.
    /// - Returns: Whether all rows could be read.
    func decode(into pixels: PackedPixels) -> Bool {
        pixels.reshape(page.size, stride: 4)
        // Of the samples beside the colours, the first that is said to be opacity.
        let opacity = page.color == .cmyk ? nil : page.extraSamples.firstIndex { $0 != 0 }
        var slots = (0..<page.colours).map { (sample: $0, slot: $0) }
        if let opacity { slots.append((sample: page.colours + opacity, slot: 3)) }
        let rowBytes = Int(TIFFScanlineSize64(tiff))
        let row = UnsafeMutablePointer<UInt8>.allocate(capacity: max(1, rowBytes))
        defer { row.deallocate() }
        // Planes are read one after the other, since going back and forth would decode each strip again and again.
        for group in page.isPlanar ? slots.map({ [$0] }) : [slots] {
            for line in 0..<page.size.height {
                let plane = page.isPlanar ? UInt16(group[0].sample) : 0
                guard TIFFReadScanline(tiff, row, UInt32(line), plane) == 1 else { return false }
                guard copy(row, rowBytes, group, to: pixels.base + line * page.size.width * 4) else { return false }
            }
        }
        finish(pixels, opacity.map { page.extraSamples[$0] })
        return true
    }

    /// Copies the eight high bits of samples; libtiff has put those of 16 bits into the order of this processor.
    private func copy(
        _ row: UnsafePointer<UInt8>,
        _ rowBytes: Int,
        _ group: [(sample: Int, slot: Int)],
        to target: UnsafeMutablePointer<UInt8>
    ) -> Bool {
        let step = (page.isPlanar ? 1 : page.samples) * page.bits
        guard rowBytes * 8 >= page.size.width * step else { return false }
        for (sample, slot) in group {
            var from = page.isPlanar ? 0 : sample * page.bits
            if page.bits == 16 { from += 8 }
            for column in 0..<page.size.width {
                // Two samples of 12 bits fill three bytes; the second begins within the second.
                let byte = row[from / 8]
                target[column * 4 + slot] = from % 8 == 0 ? byte : byte << 4 | row[from / 8 + 1] >> 4
                from += step
            }
        }
        return true
    }

    private func finish(_ pixels: PackedPixels, _ opacity: Int?) {
        if page.color == .grey { pixels.spreadGrey(isInverted: page.isWhiteZero) }
        if page.color == .cmyk { pixels.turnCMYKIntoRGB(isInverted: false) }
        if page.isLab { pixels.turnLabIntoRGB() }
        if let opacity {
            pixels.layOnWhite(isPremultiplied: opacity == Int(EXTRASAMPLE_ASSOCALPHA))
        }
    }
}
