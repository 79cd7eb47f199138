// SPDX-License-Identifier: Apache-2.0

/// Base64 (RFC 4648, section 4) at the speed of memory, written straight into a request's body.
public enum Base64 {
    /// How many characters `count` bytes take.
    ///
    /// - Parameter count: A number of bytes.
    /// - Returns: The number of characters, padding included.
    public static func encodedCount(of count: Int) -> Int { (count + 2) / 3 * 4 }

    /// Appends the base64 of bytes, without any intermediate text.
    ///
    /// - Parameters:
    ///   - bytes: What to encode.
    ///   - output: Where the characters go; reserve ``encodedCount(of:)`` beforehand.
    public static func append(_ bytes: [UInt8], to output: inout [UInt8]) {
        let start = output.count
        output.append(contentsOf: repeatElement(UInt8(ascii: "="), count: encodedCount(of: bytes.count)))
        output.withUnsafeMutableBytes { output in
            bytes.withUnsafeBytes { input in
                pairs.withUnsafeBufferPointer { pairs in
                    encode(input, into: UnsafeMutableRawBufferPointer(rebasing: output[start...]), pairs)
                }
            }
        }
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

    /// The two characters of each 12 bits, as they lie in memory.
    private static let pairs: [UInt16] = (0..<4096).map { bits in
        (UInt16(alphabet[bits >> 6]) | UInt16(alphabet[bits & 63]) << 8).littleEndian
    }

    private static let skipped: UInt8 = 0xFE
    private static let invalid: UInt8 = 0xFF
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: invalid, count: 256)
        for (value, character) in alphabet.enumerated() { values[Int(character)] = UInt8(value) }
        for character in " \t\r\n".utf8 { values[Int(character)] = skipped }
        return values
    }()

    private static func encode(
        _ input: UnsafeRawBufferPointer,
        into output: UnsafeMutableRawBufferPointer,
        _ pairs: UnsafeBufferPointer<UInt16>
    ) {
        var from = 0
        var to = 0
        while from + 3 <= input.count {
            let bits = Int(input[from]) << 16 | Int(input[from + 1]) << 8 | Int(input[from + 2])
            output.storeBytes(of: pairs[bits >> 12], toByteOffset: to, as: UInt16.self)
            output.storeBytes(of: pairs[bits & 4095], toByteOffset: to + 2, as: UInt16.self)
            from += 3
            to += 4
        }
        // One or two bytes are left; the padding already stands in the output.
        let rest = input.count - from
        guard rest > 0 else { return }
        let bits = Int(input[from]) << 16 | (rest == 2 ? Int(input[from + 1]) << 8 : 0)
        output.storeBytes(of: pairs[bits >> 12], toByteOffset: to, as: UInt16.self)
        if rest == 2 { output[to + 2] = alphabet[bits >> 6 & 63] }
    }

    private static func decode(_ input: UnsafeRawBufferPointer) -> [UInt8]? {
        var complete = true
        let bytes = [UInt8](unsafeUninitializedCapacity: input.count / 4 * 3 + 3) { output, count in
            values.withUnsafeBufferPointer { values in
                var bits: UInt32 = 0
                var held = 0
                var from = 0
                loop: while from < input.count {
                    let value = values[Int(input[from])]
                    if value < 64 {
                        bits = bits << 6 | UInt32(value)
                        held += 1
                        if held == 4 {
                            output[count] = UInt8(truncatingIfNeeded: bits >> 16)
                            output[count + 1] = UInt8(truncatingIfNeeded: bits >> 8)
                            output[count + 2] = UInt8(truncatingIfNeeded: bits)
                            count += 3
                            held = 0
                        }
                    } else if value == invalid {
                        complete = input[from] == UInt8(ascii: "=") && isPadding(input, from: from, values)
                        break loop
                    }
                    from += 1
                }
                switch held {
                case 0: break
                case 2:
                    output[count] = UInt8(truncatingIfNeeded: bits >> 4)
                    count += 1
                case 3:
                    output[count] = UInt8(truncatingIfNeeded: bits >> 10)
                    output[count + 1] = UInt8(truncatingIfNeeded: bits >> 2)
                    count += 2
                default: complete = false
                }
            }
        }
        return complete ? bytes : nil
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
