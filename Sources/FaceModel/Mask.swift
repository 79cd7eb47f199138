// SPDX-License-Identifier: Apache-2.0

/// The asterisks that a device shows instead of a sensitive value (interface M1, M2).
public enum Mask {
    /// Whether a value read from a device is a mask: it holds a run of three or more asterisks.
    ///
    /// A masked value is *unknown*, not a value, and is never written anywhere (design rule 3).
    ///
    /// - Parameter value: A value as a query returned it.
    /// - Returns: `true` for `******` and for partial masks such as `130****12`.
    public static func covers(_ value: String) -> Bool {
        var run = 0
        for byte in value.utf8 {
            run = byte == UInt8(ascii: "*") ? run + 1 : 0
            if run == 3 { return true }
        }
        return false
    }
}
