// SPDX-License-Identifier: Apache-2.0

import Glibc

/// The bytes of a file, read with bounds: what lies outside is nil, never a trap.
struct ByteView {
    let base: UnsafeBufferPointer<UInt8>
    var count: Int { base.count }

    init(_ base: UnsafeBufferPointer<UInt8>) { self.base = base }

    subscript(_ at: Int) -> Int? {
        at >= 0 && at < base.count ? Int(base[at]) : nil
    }

    /// A part of the bytes, cut to what is there.
    func part(from start: Int, count: Int) -> ByteView {
        let lower = min(max(0, start), base.count)
        let upper = lower + min(max(0, count), base.count - lower)
        return ByteView(UnsafeBufferPointer(rebasing: base[lower..<upper]))
    }

    func big16(_ at: Int) -> Int? {
        guard at >= 0, at <= base.count - 2 else { return nil }
        return Int(base[at]) << 8 | Int(base[at + 1])
    }

    func big32(_ at: Int) -> Int? {
        guard let high = big16(at), let low = big16(at + 2) else { return nil }
        return high << 16 | low
    }

    func little16(_ at: Int) -> Int? { big16(at).map { $0 >> 8 | ($0 & 0xFF) << 8 } }

    func little24(_ at: Int) -> Int? {
        guard let low = little16(at), let high = self[at + 2] else { return nil }
        return low | high << 16
    }

    func little32(_ at: Int) -> Int? {
        guard let low = little16(at), let high = little16(at + 2) else { return nil }
        return low | high << 16
    }

    func starts(with bytes: [UInt8]) -> Bool {
        base.count >= bytes.count && base.prefix(bytes.count).elementsEqual(bytes)
    }

    func hasText(_ text: String, at start: Int) -> Bool {
        guard start >= 0, start <= base.count - text.utf8.count else { return false }
        return base[start..<start + text.utf8.count].elementsEqual(text.utf8)
    }

    /// Where the next 0xFF stands, at or after a place.
    func nextFF(from start: Int) -> Int? {
        guard start < base.count, let address = base.baseAddress,
            let found = memchr(address + start, 0xFF, base.count - start)
        else { return nil }
        return UnsafeRawPointer(found) - UnsafeRawPointer(address)
    }
}
