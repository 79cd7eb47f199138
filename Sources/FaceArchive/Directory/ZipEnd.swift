// SPDX-License-Identifier: Apache-2.0

/// What the end of a zip says of its directory; APPNOTE 4.3.14 to 4.3.16.
struct ZipEnd: Hashable {
    var entries: UInt64
    var directoryOffset: UInt64
    var directorySize: UInt64
    /// Where the ZIP64 end record lies, which says it in 64 bits.
    var wideOffset: UInt64?
    /// Where the directory must end.
    var limit: UInt64

    static let size = 22
    static let locatorSize = 20
    static let wideSize = 56
    /// The most bytes that must be seen of a file's end: the record, its comment, and the locator before it.
    static let longestTail = size + 0xffff + locatorSize

    /// Reads the end record.
    ///
    /// - Parameters:
    ///   - tail: The last ``longestTail`` bytes of the file, or all of a shorter one.
    ///   - fileSize: The size of the file.
    ///   - startsAsZip: Whether the file begins like a zip, so that a missing end means that it was cut.
    /// - Throws: `notAnArchive`, `truncated`, `corrupt` or `unsupportedMethod`.
    init(tail: [UInt8], fileSize: UInt64, startsAsZip: Bool) throws(ArchiveError) {
        guard let place = try Self.place(in: tail, startsAsZip: startsAsZip) else {
            throw startsAsZip
                ? ArchiveError(.truncated, "it begins as a zip and ends before its directory does")
                : ArchiveError(.notAnArchive, "it is no zip")
        }
        let disks = (tail.uint16(at: place + 4), tail.uint16(at: place + 6))
        let counts = (tail.uint16(at: place + 8), tail.uint16(at: place + 10))
        entries = UInt64(counts.1)
        directorySize = UInt64(tail.uint32(at: place + 12))
        directoryOffset = UInt64(tail.uint32(at: place + 16))
        let start = fileSize - UInt64(tail.count)
        limit = start + UInt64(place)

        let locator = place - Self.locatorSize
        if locator >= 0, tail.uint32(at: locator) == 0x0706_4b50 {
            let offset = tail.uint64(at: locator + 8)
            guard tail.uint32(at: locator + 4) == 0, tail.uint32(at: locator + 16) <= 1 else { throw Self.split }
            // Only where it can be: an extensible data sector may stand between it and the locator.
            guard offset <= UInt64(Int64.max), offset + UInt64(Self.wideSize) <= start + UInt64(locator) else {
                throw ArchiveError(.corrupt, "its ZIP64 end record is not where it should be")
            }
            wideOffset = offset
            return
        }
        guard disks == (0, 0), counts.0 == counts.1 else { throw Self.split }
        try checkPlace()
    }

    /// Takes over what the ZIP64 end record says.
    mutating func widen(_ record: [UInt8]) throws(ArchiveError) {
        guard let offset = wideOffset, record.count == Self.wideSize, record.uint32(at: 0) == 0x0606_4b50 else {
            throw ArchiveError(.corrupt, "its ZIP64 end record is not where it should be")
        }
        guard record.uint32(at: 16) == 0, record.uint32(at: 20) == 0,
            record.uint64(at: 24) == record.uint64(at: 32)
        else { throw Self.split }
        let wide = (record.uint64(at: 32), record.uint64(at: 40), record.uint64(at: 48))
        // Both records say the same, or the narrow one says "too much for me".
        guard wide.0 == entries || entries == 0xffff, wide.1 == directorySize || directorySize == 0xffff_ffff,
            wide.2 == directoryOffset || directoryOffset == 0xffff_ffff
        else { throw ArchiveError(.corrupt, "its two end records contradict each other") }
        (entries, directorySize, directoryOffset) = wide
        limit = offset
        try checkPlace()
    }

    /// The directory stands right before the end record; else another reader could see another archive.
    private func checkPlace() throws(ArchiveError) {
        let (end, overflows) = directoryOffset.addingReportingOverflow(directorySize)
        guard !overflows, end == limit else {
            let isWrapped = !overflows && end < limit && (limit - end) % (1 << 32) == 0
            throw isWrapped
                ? ArchiveError(
                    .unsupportedMethod,
                    "it is larger than 4 GiB and was written without ZIP64, so that nobody can tell where its entries "
                        + "lie: make it again in parts, or with a program that knows ZIP64"
                )
                : ArchiveError(.corrupt, "its directory is not where its end record says")
        }
    }

    private static var split: ArchiveError {
        ArchiveError(.unsupportedMethod, "it is one part of an archive that was split into several files")
    }

    /// The end record whose comment ends with the file.
    private static func place(in tail: [UInt8], startsAsZip: Bool) throws(ArchiveError) -> Int? {
        var hasBytesAfter = false
        var candidate = tail.count - size
        while candidate >= 0 {
            defer { candidate -= 1 }
            guard tail[candidate] == 0x50, tail.uint32(at: candidate) == 0x0605_4b50 else { continue }
            let end = candidate + size + Int(tail.uint16(at: candidate + 20))
            if end == tail.count { return candidate }
            hasBytesAfter = hasBytesAfter || end < tail.count
        }
        guard hasBytesAfter, startsAsZip else { return nil }
        throw ArchiveError(.corrupt, "there are bytes after its end")
    }
}
