// SPDX-License-Identifier: Apache-2.0
import Foundation

/// Ids as the device assigns them (P3).
enum UUIDText {
    /// A new lower-case UUID, version 4.
    static func new() -> String { UUID().uuidString.lowercased() }
}
