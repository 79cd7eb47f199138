// SPDX-License-Identifier: Apache-2.0

import Glibc

/// A file in memory with a place to read at, as libtiff wants it.
final class TIFFMemory {
    private let view: ByteView
    private var place = 0

    init(_ view: ByteView) { self.view = view }

    static func of(_ handle: UnsafeMutableRawPointer?) -> TIFFMemory {
        guard let handle else { preconditionFailure("libtiff passes on the handle it was given") }
        return Unmanaged<TIFFMemory>.fromOpaque(handle).takeUnretainedValue()
    }

    var length: UInt64 { UInt64(view.count) }

    func read(into target: UnsafeMutableRawPointer?, count: Int64) -> Int64 {
        let part = view.part(from: place, count: Int(count))
        guard let target, let source = part.base.baseAddress else { return 0 }
        target.copyMemory(from: source, byteCount: part.count)
        place += part.count
        return Int64(part.count)
    }

    func seek(to offset: UInt64, from whence: Int32) -> UInt64 {
        let start =
            switch whence {
            case SEEK_CUR: place
            case SEEK_END: view.count
            default: 0
            }
        // Past the end is allowed, as for files; reading there gives nothing.
        let (sum, overflow) = start.addingReportingOverflow(Int(truncatingIfNeeded: offset))
        guard !overflow, sum >= 0 else { return UInt64.max }
        place = sum
        return UInt64(sum)
    }
}
