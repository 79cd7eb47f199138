// SPDX-License-Identifier: Apache-2.0

import CLibTIFF
import FaceModel

/// Reads a TIFF picture row by row, sample by sample, where libtiff's own way to RGBA does not read it or shows it wrong.
///
/// That is samples of 12 bits, wide ones (`TIFFWideSamples`), ink of 16 bits, and whatever stands beside the colours, which it takes for transparency or
/// leaves out. CIELab it shows as yellow as its white is, that of paper and not of screens.
struct TIFFRows {
    /// Which sample of a pixel goes into which byte of it.
    typealias Slot = (sample: Int, slot: Int)

    private let tiff: OpaquePointer
    private let page: TIFFPage
    private let wide: TIFFWideSamples?
    /// Bytes of a row, more than any picture of 64 megapixels needs that is not made to take memory.
    private static let longestRow: UInt64 = 64 << 20

    /// A reader, where a picture needs one and can be read by it: samples of 8, 12 or 16 bits or wide ones, in strips.
    init?(_ tiff: OpaquePointer, _ page: TIFFPage) {
        let hasMore = page.isLab || page.bits == 12 || page.isWide || !page.extraSamples.isEmpty
        guard page.color == .cmyk || hasMore, [.cmyk, .rgb, .grey].contains(page.color) else { return nil }
        wide = TIFFWideSamples(page)
        guard wide != nil || [8, 12, 16].contains(page.bits) && !page.isWide else { return nil }
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
        var slots: [Slot] = (0..<page.colours).map { (sample: $0, slot: $0) }
        if let opacity { slots.append((sample: page.colours + opacity, slot: 3)) }
        guard write(slots, to: pixels) else { return false }
        finish(pixels, opacity.map { page.extraSamples[$0] })
        return true
    }

    private func write(_ slots: [Slot], to pixels: PackedPixels) -> Bool {
        let length = page.size.width * 4
        guard var wide else {
            return eachRow(slots) { (row, line, slot) in copy(row, slot, to: pixels.base + line * length) }
        }
        // Which sample is white shows when all have been seen; keeping them would take eight times the memory.
        guard eachRow(slots, { (row, _, slot) in wide.note(row, slot) }) else { return false }
        return eachRow(slots) { (row, line, slot) in wide.copy(row, slot, to: pixels.base + line * length) }
    }

    /// Reads all rows that have samples of the slots; says whether they could be read.
    private func eachRow(_ slots: [Slot], _ body: (UnsafePointer<UInt8>, Int, Slot) -> Void) -> Bool {
        let rowBytes = Int(TIFFScanlineSize64(tiff))
        guard rowBytes * 8 >= page.size.width * (page.isPlanar ? 1 : page.samples) * page.bits else { return false }
        let row = UnsafeMutablePointer<UInt8>.allocate(capacity: max(8, rowBytes))
        defer { row.deallocate() }
        // Planes are read one after the other, since going back and forth would decode each strip again and again.
        for group in page.isPlanar ? slots.map({ [$0] }) : [slots] {
            for line in 0..<page.size.height {
                let plane = page.isPlanar ? UInt16(group[0].sample) : 0
                guard TIFFReadScanline(tiff, row, UInt32(line), plane) == 1 else { return false }
                for slot in group { body(row, line, slot) }
            }
        }
        return true
    }

    /// Copies the eight high bits of samples; libtiff has put those of 16 bits into the order of this processor.
    private func copy(_ row: UnsafePointer<UInt8>, _ slot: Slot, to target: UnsafeMutablePointer<UInt8>) {
        let step = (page.isPlanar ? 1 : page.samples) * page.bits
        var from = page.isPlanar ? 0 : slot.sample * page.bits
        if page.bits == 16 { from += 8 }
        for column in 0..<page.size.width {
            // Two samples of 12 bits fill three bytes; the second begins within the second.
            let byte = row[from / 8]
            target[column * 4 + slot.slot] = from % 8 == 0 ? byte : byte << 4 | row[from / 8 + 1] >> 4
            from += step
        }
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
