// SPDX-License-Identifier: Apache-2.0

/// An entry of an archive, as it stands in the file.
///
/// It does not know where in the file it will stand, so entries can be made side by side.
struct ZipEntry: Sendable {
    /// How the data of an entry is kept.
    enum Method: UInt16, Sendable {
        /// As it is: pictures do not get any smaller.
        case stored = 0
        case deflated = 8
    }

    /// The header, the data, and what is known only after it.
    let bytes: [UInt8]
    private let head: ZipHead
    private let sums: ZipSums

    /// A file.
    ///
    /// - Parameters:
    ///   - name: Its name, as it shall stand in the archive.
    ///   - data: What it holds.
    ///   - method: How its data is kept.
    ///   - cipher: How its data is encrypted.
    ///   - seconds: When it was made, since 1970.
    /// - Throws: ``DeflateFault``.
    init(_ name: EntryName, _ data: [UInt8], _ method: Method, _ cipher: ZipCipher, at seconds: Int)
        throws(DeflateFault)
    {
        let kept = method == .stored ? data : try Deflate.deflated(data)
        head = ZipHead(name: name, isFolder: false, method: method, cipher: cipher.method, time: ZipTime(seconds))
        sums = ZipSums(
            crc: unsafe data.withUnsafeBytes { unsafe CRC32.of($0) },
            keptCount: kept.count + cipher.overhead,
            count: data.count
        )
        // The count of deflated data is not promised before it is there.
        let promised = method == .stored ? sums.keptCount : 0
        var out: [UInt8] = []
        out.reserveCapacity(ZipHead.roomCount + name.bytes.count + sums.keptCount)
        head.appendLocal(ZipSums(crc: 0, keptCount: promised, count: data.count), to: &out)
        cipher.append(kept, check: UInt8(truncatingIfNeeded: head.time.clock >> 8), to: &out)
        out.append(little: ZipHead.sumsMark)
        sums.append(to: &out)
        bytes = out
    }

    /// A folder, whose name ends with a slash.
    init(folder name: EntryName, at seconds: Int) {
        head = ZipHead(name: name, isFolder: true, method: .stored, cipher: .none, time: ZipTime(seconds))
        sums = ZipSums(crc: 0, keptCount: 0, count: 0)
        var out: [UInt8] = []
        head.appendLocal(sums, to: &out)
        bytes = out
    }

    /// Appends the entry's line of the archive's directory.
    func appendLine(at offset: Int, to directory: inout [UInt8]) {
        head.appendCentral(sums, at: offset, to: &directory)
    }
}
