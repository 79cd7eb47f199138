// SPDX-License-Identifier: Apache-2.0

/// Reads base64 (RFC 4648, section 4) where it stands in a body: no white space, padding as it must be.
enum Base64Decoder {
    /// The bytes; `nil` for what is not base64.
    static func decode(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        guard text.count.isMultiple(of: 4) else { return nil }
        guard !text.isEmpty else { return [] }
        let padding = text.suffix(2).reversed().prefix { $0 == UInt8(ascii: "=") }.count
        // The last group may be padded, and is read on its own.
        let groups = text.count / 4 - 1
        var isBase64 = false
        // Six bytes are stored as eight, of which the last two are written over.
        let bytes = unsafe [UInt8](unsafeUninitializedCapacity: groups * 3 + 8) { room, count in
            let room = UnsafeMutableRawBufferPointer(room)
            isBase64 = unsafe text.withUnsafeBytes { text in
                unsafe pairs.withUnsafeBufferPointer { pairs in
                    unsafe decode(text, groups, into: room, pairs)
                        && decodeLast(text, padding, into: room, at: groups * 3, pairs)
                }
            }
            count = groups * 3 + 3 - padding
        }
        return isBase64 ? bytes : nil
    }

    /// Reads whole groups, two at a time.
    private static func decode(
        _ text: UnsafeRawBufferPointer,
        _ groups: Int,
        into room: UnsafeMutableRawBufferPointer,
        _ pairs: UnsafeBufferPointer<UInt16>
    ) -> Bool {
        var seen: UInt64 = 0
        var group = 0
        while group + 2 <= groups {
            let eight = unsafe UInt64(littleEndian: text.loadUnaligned(fromByteOffset: group * 4, as: UInt64.self))
            let first = unsafe UInt64(pairs[Int(eight & 0xFFFF)])
            let second = unsafe UInt64(pairs[Int(eight >> 16 & 0xFFFF)])
            let third = unsafe UInt64(pairs[Int(eight >> 32 & 0xFFFF)])
            let fourth = unsafe UInt64(pairs[Int(eight >> 48)])
            seen |= first | second | third | fourth
            let bits = first << 52 | second << 40 | third << 28 | fourth << 16
            unsafe room.storeBytes(of: bits.bigEndian, toByteOffset: group * 3, as: UInt64.self)
            group += 2
        }
        if group < groups {
            let four = unsafe UInt32(littleEndian: text.loadUnaligned(fromByteOffset: group * 4, as: UInt32.self))
            seen |= unsafe UInt64(store(four, into: room, at: group * 3, pairs))
        }
        return seen < UInt64(foreign)
    }

    /// Reads the last group.
    private static func decodeLast(
        _ text: UnsafeRawBufferPointer,
        _ padding: Int,
        into room: UnsafeMutableRawBufferPointer,
        at place: Int,
        _ pairs: UnsafeBufferPointer<UInt16>
    ) -> Bool {
        var four = unsafe UInt32(littleEndian: text.loadUnaligned(fromByteOffset: text.count - 4, as: UInt32.self))
        // Padding is read as zeros.
        for index in UInt32(4 - padding)..<4 {
            four = four & ~(0xFF << (index * 8)) | UInt32(UInt8(ascii: "A")) << (index * 8)
        }
        return unsafe store(four, into: room, at: place, pairs) < foreign
    }

    /// Stores what four characters say; ``foreign`` or more comes back when one of them says nothing.
    private static func store(
        _ four: UInt32,
        into room: UnsafeMutableRawBufferPointer,
        at place: Int,
        _ pairs: UnsafeBufferPointer<UInt16>
    ) -> UInt16 {
        let first = unsafe pairs[Int(four & 0xFFFF)]
        let second = unsafe pairs[Int(four >> 16)]
        let bits = UInt32(first) << 20 | UInt32(second & 0xFFF) << 8
        unsafe room.storeBytes(of: bits.bigEndian, toByteOffset: place, as: UInt32.self)
        return first | second
    }

    private static let foreign: UInt16 = 1 << 12

    /// The twelve bits that two characters say, the first of which is in the low byte of the index.
    private static let pairs: [UInt16] = {
        var pairs = [UInt16](repeating: foreign, count: 1 << 16)
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        for (high, first) in alphabet.enumerated() {
            for (low, second) in alphabet.enumerated() {
                pairs[Int(second) << 8 | Int(first)] = UInt16(high << 6 | low)
            }
        }
        return pairs
    }()
}
