// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The process that the simulator runs in.
enum Process {
    /// Ends it without cleaning up anything, as a power cut would (`die_after`).
    static func endAtOnce() -> Never {
        _exit(137)
    }
}
