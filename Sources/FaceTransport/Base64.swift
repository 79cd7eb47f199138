// SPDX-License-Identifier: Apache-2.0

/// Base64 (RFC 4648, section 4) at the speed of memory, written straight into a request's body.
public enum Base64 {
    /// How many characters `count` bytes take.
    ///
    /// - Parameter count: A number of bytes.
    /// - Returns: The number of characters, padding included.
    public static func encodedCount(of count: Int) -> Int { (count + 2) / 3 * 4 }

    /// Writes the base64 of bytes, or a part of it, without any intermediate text.
    ///
    /// - Parameters:
    ///   - input: What to encode.
    ///   - offset: How many characters have been written before.
    ///   - output: Where the characters go.
    /// - Returns: How many were written: as many as there is room for.
    public static func encode(
        _ input: UnsafeRawBufferPointer,
        from offset: Int,
        into output: UnsafeMutableRawBufferPointer
    ) -> Int {
        let rest = encodedCount(of: input.count) - offset
        var written = 0
        while written < min(rest, output.count) {
            let begun = (offset + written) % 4
            let groups = min(rest, output.count - written) / 4
            let from = (offset + written) / 4 * 3
            if begun == 0, groups > 0 {
                let bytes = UnsafeRawBufferPointer(rebasing: input[from..<min(input.count, from + groups * 3)])
                encode(bytes, into: UnsafeMutableRawBufferPointer(rebasing: output[written...]))
                written += groups * 4
            } else {
                // A group that is cut by the end of the room.
                withUnsafeTemporaryAllocation(byteCount: 4, alignment: 4) { group in
                    encode(UnsafeRawBufferPointer(rebasing: input[from..<min(input.count, from + 3)]), into: group)
                    for character in group[begun...].prefix(output.count - written) {
                        output[written] = character
                        written += 1
                    }
                }
            }
        }
        return written
    }

    /// Reads base64, passing over white space and taking missing padding.
    ///
    /// - Parameter text: The characters.
    /// - Returns: The bytes, `nil` when another character is found or the last group is incomplete.
    public static func decode(_ text: some StringProtocol) -> [UInt8]? {
        let decoded = text.utf8.withContiguousStorageIfAvailable { decode(UnsafeRawBufferPointer($0)) }
        return decoded ?? Array(text.utf8).withUnsafeBytes { decode($0) }
    }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

    /// The two characters of each 12 bits, the first one in the low byte.
    private static let pairs: [UInt16] = (0..<4096).map { bits in
        UInt16(alphabet[bits >> 6]) | UInt16(alphabet[bits & 63]) << 8
    }

    private static let skipped: UInt8 = 0xFE
    private static let invalid: UInt8 = 0xFF
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: invalid, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        for character in " \t\r\n".utf8 { values[Int(character)] = skipped }
        return values
    }()

    private static func encode(_ input: UnsafeRawBufferPointer, into output: UnsafeMutableRawBufferPointer) {
        pairs.withUnsafeBufferPointer { encode(input, into: output, $0) }
    }

    private static func encode(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer,
        _ pairs: UnsafeBufferPointer<UInt16>
    ) {
        var from = 0
        var to = 0
        // Eight bytes are read for six, so that one load and one store do the work of eight.
        while from + 8 <= input.count {
            let bits = UInt64(bigEndian: input.loadUnaligned(fromByteOffset: from, as: UInt64.self))
            let first = UInt64(pairs[Int(bits >> 52)]) | UInt64(pairs[Int(bits >> 40 & 4095)]) << 16
            let second = UInt64(pairs[Int(bits >> 28 & 4095)]) | UInt64(pairs[Int(bits >> 16 & 4095)]) << 16
            output.storeBytes(of: (first | second << 32).littleEndian, toByteOffset: to, as: UInt64.self)
            from += 6
            to += 8
        }
        while from + 3 <= input.count {
            let bits = Int(input[from]) << 16 | Int(input[from + 1]) << 8 | Int(input[from + 2])
            output.storeBytes(of: pairs[bits >> 12].littleEndian, toByteOffset: to, as: UInt16.self)
            output.storeBytes(of: pairs[bits & 4095].littleEndian, toByteOffset: to + 2, as: UInt16.self)
            from += 3
            to += 4
        }
        // One or two bytes are left.
        let rest = input.count - from
        guard rest > 0 else { return }
        let bits = Int(input[from]) << 16 | (rest == 2 ? Int(input[from + 1]) << 8 : 0)
        output.storeBytes(of: pairs[bits >> 12].littleEndian, toByteOffset: to, as: UInt16.self)
        output[to + 2] = rest == 2 ? alphabet[bits >> 6 & 63] : UInt8(ascii: "=")
        output[to + 3] = UInt8(ascii: "=")
    }

    private static func decode(_ input: UnsafeRawBufferPointer) -> [UInt8]? {
        var isComplete = false
        let bytes = [UInt8](unsafeUninitializedCapacity: input.count / 4 * 3 + 3) { output, count in
            values.withUnsafeBufferPointer { values in
                (count, isComplete) = decode(input, into: output, values)
            }
        }
        return isComplete ? bytes : nil
    }

    /// Decodes as far as the text goes; returns the number of bytes and whether all of it was base64.
    private static func decode(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableBufferPointer<UInt8>,
        _ values: UnsafeBufferPointer<UInt8>
    ) -> (count: Int, isComplete: Bool) {
        var from = 0
        var to = 0
        var bits: UInt32 = 0
        var held = 0
        while from < input.count {
            // Whole groups of four, until white space or padding comes.
            while held == 0, from + 4 <= input.count {
                let first = values[Int(input[from])]
                let second = values[Int(input[from + 1])]
                let third = values[Int(input[from + 2])]
                let fourth = values[Int(input[from + 3])]
                guard first | second | third | fourth < 64 else { break }
                output[to] = first << 2 | second >> 4
                output[to + 1] = second << 4 | third >> 2
                output[to + 2] = third << 6 | fourth
                from += 4
                to += 3
            }
            guard from < input.count else { break }
            let value = values[Int(input[from])]
            if value == invalid {
                guard input[from] == UInt8(ascii: "="), isPadding(input, from: from, values) else { return (to, false) }
                break
            }
            from += 1
            guard value != skipped else { continue }
            bits = bits << 6 | UInt32(value)
            held += 1
            guard held == 4 else { continue }
            output[to] = UInt8(truncatingIfNeeded: bits >> 16)
            output[to + 1] = UInt8(truncatingIfNeeded: bits >> 8)
            output[to + 2] = UInt8(truncatingIfNeeded: bits)
            to += 3
            held = 0
        }
        switch held {
        case 0: return (to, true)
        case 2:
            output[to] = UInt8(truncatingIfNeeded: bits >> 4)
            return (to + 1, true)
        case 3:
            output[to] = UInt8(truncatingIfNeeded: bits >> 10)
            output[to + 1] = UInt8(truncatingIfNeeded: bits >> 2)
            return (to + 2, true)
        default: return (to, false)
        }
    }

    /// Whether nothing but padding and white space follows.
    private static func isPadding(
        _ input: UnsafeRawBufferPointer,
        from start: Int,
        _ values: UnsafeBufferPointer<UInt8>
    ) -> Bool {
        input[start...].allSatisfy { $0 == UInt8(ascii: "=") || values[Int($0)] == skipped }
    }
}
