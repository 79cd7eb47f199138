// SPDX-License-Identifier: Apache-2.0

/// The header of an entry, which stands before it and, with more to it, in the archive's directory.
struct ZipHead: Sendable {
    /// Room for a local header and the sums, without the name.
    static let roomCount = 96
    static let sumsMark: UInt32 = 0x0807_4B50
    private static let localMark: UInt32 = 0x0403_4B50
    private static let centralMark: UInt32 = 0x0201_4B50

    let name: EntryName
    let isFolder: Bool
    let method: ZipEntry.Method
    let cipher: ZipCipher.Method
    let time: ZipTime

    /// Appends the header that stands before the data.
    func appendLocal(_ sums: ZipSums, to out: inout [UInt8]) {
        out.append(little: Self.localMark)
        appendCommon(sums, to: &out)
        out += name.bytes
        out += extra
    }

    /// Appends the line of the directory.
    func appendCentral(_ sums: ZipSums, at offset: Int, to out: inout [UInt8]) {
        out.append(little: Self.centralMark)
        // Made on Unix, which the rights below are of.
        out.append(little: UInt16(3 << 8) | version)
        appendCommon(sums, to: &out)
        // No comment, the first disk, and no word about the contents.
        for _ in 0..<3 { out.append(little: UInt16(0)) }
        out.append(little: UInt32(isFolder ? 0o040755 : 0o100644) << 16)
        out.append(little: UInt32(truncatingIfNeeded: offset))
        out += name.bytes
        out += extra
    }

    private func appendCommon(_ sums: ZipSums, to out: inout [UInt8]) {
        out.append(little: version)
        out.append(little: flags)
        out.append(little: isAES ? UInt16(99) : method.rawValue)
        out.append(little: time.clock)
        out.append(little: time.date)
        sums.append(to: &out)
        out.append(little: UInt16(truncatingIfNeeded: name.bytes.count))
        out.append(little: UInt16(truncatingIfNeeded: extra.count))
    }

    /// The version of the format that a reader must know.
    private var version: UInt16 { isFolder || method == .deflated || cipher != .none ? 20 : 10 }

    private var flags: UInt16 {
        (cipher == .none ? 0 : 1) | (isFolder ? 0 : 1 << 3) | (name.isFlagged ? 1 << 11 : 0)
    }

    private var isAES: Bool { if case .aes = cipher { true } else { false } }

    /// The time to the second, nobody's user and group and, with AES, how it was used.
    private var extra: [UInt8] {
        var out: [UInt8] = [0x55, 0x54, 5, 0, 1]
        out.append(little: time.seconds)
        out += [0x75, 0x78, 11, 0, 1, 4, 0, 0, 0, 0, 4, 0, 0, 0, 0]
        if case .aes(let strength) = cipher {
            // AE-1, which has the checksum of the data too.
            out += [0x01, 0x99, 7, 0, 1, 0, 0x41, 0x45, strength.rawValue]
            out.append(little: method.rawValue)
        }
        return out
    }
}

/// What is known of an entry when its data has been seen.
struct ZipSums: Sendable {
    var crc: UInt32
    /// How many bytes stand in the archive.
    var keptCount: Int
    /// How many there are to read.
    var count: Int

    func append(to out: inout [UInt8]) {
        out.append(little: crc)
        out.append(little: UInt32(truncatingIfNeeded: keptCount))
        out.append(little: UInt32(truncatingIfNeeded: count))
    }
}

/// The time of an entry: as MS-DOS writes it, in the device's UTC, and in seconds since 1970.
struct ZipTime: Sendable {
    let clock: UInt16
    let date: UInt16
    let seconds: UInt32

    init(_ seconds: Int) {
        self.seconds = UInt32(truncatingIfNeeded: seconds)
        // MS-DOS knows the years from 1980 to 2107.
        let civil = DeviceClock.civil(min(max(seconds, 315_532_800), 4_354_819_199))
        date = UInt16((civil.year - 1980) << 9 | civil.month << 5 | civil.day)
        clock = UInt16(civil.second / 3600 << 11 | civil.second / 60 % 60 << 5 | civil.second % 60 / 2)
    }
}

extension [UInt8] {
    /// Appends a number with its lowest byte first.
    mutating func append(little number: some FixedWidthInteger) {
        unsafe Swift.withUnsafeBytes(of: number.littleEndian) { unsafe append(contentsOf: $0) }
    }
}
