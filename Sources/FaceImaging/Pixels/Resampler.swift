// SPDX-License-Identifier: Apache-2.0

/// Resizes planes by the triangle filter, widened to what a sample covers when shrinking (no aliasing).
///
/// Whole numbers throughout, so that the same picture gives the same bytes on every machine. Works in strips of
/// rows: mixed downwards, laid on their side, mixed downwards again and laid back, so that both directions go
/// through memory in order, many samples at a time.
final class Resampler {
    /// Rows of a strip.
    private static let strip = 32

    /// Photos of one camera have one size: the weights of the last sizes are kept.
    private var known: [Weights.Sides: Weights] = [:]
    /// A strip of the target's rows as wide as the source, and the same on its side.
    private let (wide, wideOnSide) = (SampleMemory(), SampleMemory())
    /// A strip of the target on its side.
    private let narrowOnSide = SampleMemory()
    private let sums = SumMemory()

    /// Writes a plane at the size that another plane has.
    ///
    /// - Parameters:
    ///   - source: The plane to read.
    ///   - target: The plane to fill, shaped beforehand.
    func resize(_ source: Plane, into target: Plane) {
        if source.span == (Double(target.width), Double(target.height)) {
            for row in 0..<target.height {
                (target.base + row * target.stride).update(from: source.base + row * source.stride, count: target.width)
            }
            return
        }
        let across = weights(Weights.Sides(source: source.width, span: source.span.width, target: target.width))
        let down = weights(Weights.Sides(source: source.height, span: source.span.height, target: target.height))
        // Laid on its side in squares of eight.
        let wideStride = (source.width + 7) / 8 * 8
        wide.reserve(wideStride * Self.strip)
        wideOnSide.reserve(wideStride * Self.strip)
        narrowOnSide.reserve((target.width + 7) / 8 * 8 * Self.strip)
        sums.reserve(max(source.width, Self.strip))
        for top in stride(from: 0, to: target.height, by: Self.strip) {
            let rows = min(Self.strip, target.height - top)
            for row in 0..<rows {
                let start = source.base + down.starts[top + row] * source.stride
                mix(start, source.stride, down, at: top + row, into: wide.base + row * wideStride, source.width)
            }
            layOnSide(wide.base, wideStride, wideOnSide.base, Self.strip, columns: wideStride, rows: Self.strip)
            for column in 0..<target.width {
                let start = wideOnSide.base + across.starts[column] * Self.strip
                mix(start, Self.strip, across, at: column, into: narrowOnSide.base + column * Self.strip, Self.strip)
            }
            layBack(into: target, top: top, rows: rows)
        }
    }

    private func weights(_ sides: Weights.Sides) -> Weights {
        if let weights = known[sides] { return weights }
        if known.count >= 16 { known.removeAll(keepingCapacity: true) }
        let weights = Weights(sides)
        known[sides] = weights
        return weights
    }

    /// Mixes neighbouring lines, `stride` apart, into one.
    @inline(__always)
    private func mix(
        _ lines: UnsafeMutablePointer<UInt8>,
        _ stride: Int,
        _ weights: Weights,
        at index: Int,
        into target: UnsafeMutablePointer<UInt8>,
        _ count: Int
    ) {
        weights.values.withUnsafeBufferPointer { values in
            let taps = weights.taps
            let first = index &* taps
            // Little is mixed where little is shrunk: that needs no sums in memory.
            switch taps {
            case 3:
                let parts = (values[first], values[first &+ 1], values[first &+ 2])
                let (second, third) = (lines + stride, lines + 2 &* stride)
                for at in 0..<count {
                    let sum = UInt16(lines[at]) &* parts.0 &+ UInt16(second[at]) &* parts.1
                    let rest = UInt16(third[at]) &* parts.2 &+ Weights.half
                    target[at] = UInt8(truncatingIfNeeded: (sum &+ rest) &>> Weights.bits)
                }
            default:
                let sums = sums.base
                sums.update(repeating: Weights.half, count: count)
                for tap in 0..<taps {
                    let part = values[first &+ tap]
                    if part == 0 { continue }
                    let line = lines + tap &* stride
                    for at in 0..<count { sums[at] &+= UInt16(line[at]) &* part }
                }
                for at in 0..<count { target[at] = UInt8(truncatingIfNeeded: sums[at] &>> Weights.bits) }
            }
        }
    }

    /// Writes what `narrowOnSide` holds into rows of the target.
    private func layBack(into target: Plane, top: Int, rows: Int) {
        let whole = rows == Self.strip ? target.width / 8 * 8 : 0
        let start = target.base + top * target.stride
        layOnSide(narrowOnSide.base, Self.strip, start, target.stride, columns: Self.strip, rows: whole)
        for row in 0..<rows {
            let line = start + row * target.stride
            for column in whole..<target.width { line[column] = narrowOnSide.base[column * Self.strip + row] }
        }
    }
}

/// Turns rows into columns; both counts are multiples of eight.
private func layOnSide(
    _ source: UnsafeMutablePointer<UInt8>,
    _ sourceStride: Int,
    _ target: UnsafeMutablePointer<UInt8>,
    _ targetStride: Int,
    columns: Int,
    rows: Int
) {
    for row in stride(from: 0, to: rows, by: 8) {
        for column in stride(from: 0, to: columns, by: 8) {
            layOnSide(
                square: UnsafeRawPointer(source + row * sourceStride + column),
                sourceStride,
                UnsafeMutableRawPointer(target + column * targetStride + row),
                targetStride
            )
        }
    }
}

/// Turns the rows of a square of eight by eight into columns: halves, quarters and single samples change places.
@inline(__always)
private func layOnSide(
    square source: UnsafeRawPointer,
    _ sourceStride: Int,
    _ target: UnsafeMutableRawPointer,
    _ targetStride: Int
) {
    func row(_ index: Int) -> UInt64 {
        UInt64(littleEndian: source.loadUnaligned(fromByteOffset: index &* sourceStride, as: UInt64.self))
    }
    func swap(_ upper: inout UInt64, _ lower: inout UInt64, _ mask: UInt64, _ shift: UInt64) {
        let change = (upper &>> shift ^ lower) & mask
        lower ^= change
        upper ^= change &<< shift
    }
    var (r0, r1, r2, r3, r4, r5, r6, r7) = (row(0), row(1), row(2), row(3), row(4), row(5), row(6), row(7))
    let (halves, quarters, singles): (UInt64, UInt64, UInt64) =
        (0x0000_0000_FFFF_FFFF, 0x0000_FFFF_0000_FFFF, 0x00FF_00FF_00FF_00FF)
    swap(&r0, &r4, halves, 32)
    swap(&r1, &r5, halves, 32)
    swap(&r2, &r6, halves, 32)
    swap(&r3, &r7, halves, 32)
    swap(&r0, &r2, quarters, 16)
    swap(&r1, &r3, quarters, 16)
    swap(&r4, &r6, quarters, 16)
    swap(&r5, &r7, quarters, 16)
    swap(&r0, &r1, singles, 8)
    swap(&r2, &r3, singles, 8)
    swap(&r4, &r5, singles, 8)
    swap(&r6, &r7, singles, 8)
    func write(_ row: UInt64, _ index: Int) {
        target.storeBytes(of: row.littleEndian, toByteOffset: index &* targetStride, as: UInt64.self)
    }
    write(r0, 0)
    write(r1, 1)
    write(r2, 2)
    write(r3, 3)
    write(r4, 4)
    write(r5, 5)
    write(r6, 6)
    write(r7, 7)
}

/// Room for one row of sums.
private final class SumMemory {
    private(set) var base: UnsafeMutablePointer<UInt16> = .allocate(capacity: 1)
    private var capacity = 1

    deinit { base.deallocate() }

    func reserve(_ count: Int) {
        guard count > capacity else { return }
        base.deallocate()
        base = .allocate(capacity: count)
        capacity = count
    }
}
