// SPDX-License-Identifier: Apache-2.0
import Glibc

/// Finds bytes at the speed of the C library, in debug builds too.
enum ByteSearch {
    /// The index of the first `byte` in `bytes[from..<to]`.
    static func first(_ byte: UInt8, in bytes: [UInt8], from: Int) -> Int? {
        guard from < bytes.count else { return nil }
        return unsafe bytes.withUnsafeBytes { all in
            let part = unsafe UnsafeRawBufferPointer(rebasing: all[from...])
            guard let base = part.baseAddress, let found = unsafe memchr(base, CInt(byte), part.count) else {
                return nil
            }
            return unsafe from + (UnsafeRawPointer(found) - base)
        }
    }

    /// The index of the first `needle`, which is not empty, in `bytes` from `from` on.
    static func first(_ needle: [UInt8], in bytes: [UInt8], from: Int) -> Int? {
        guard from < bytes.count else { return nil }
        return unsafe bytes.withUnsafeBytes { all in
            unsafe needle.withUnsafeBytes { sought in
                guard let base = all.baseAddress, let what = sought.baseAddress else { return nil }
                var start = from
                while start + sought.count <= all.count {
                    let room = all.count - sought.count + 1 - start
                    guard let found = unsafe memchr(base + start, CInt(what.load(as: UInt8.self)), room) else {
                        return nil
                    }
                    start = unsafe UnsafeRawPointer(found) - base
                    // The last byte mostly settles it.
                    if unsafe all[start + sought.count - 1] == sought[sought.count - 1],
                        unsafe memcmp(found, what, sought.count) == 0
                    {
                        return start
                    }
                    start += 1
                }
                return nil
            }
        }
    }
}
