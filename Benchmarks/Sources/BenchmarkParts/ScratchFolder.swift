// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A new folder among the system's temporary ones.
public struct ScratchFolder: ~Copyable {
    /// Where it is.
    public let path: String

    /// Makes the folder.
    ///
    /// - Throws: What the system says when it cannot be made.
    public init() throws {
        path = NSTemporaryDirectory() + "facelib-benchmark-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    /// Removes it with all that is in it.
    deinit { try? FileManager.default.removeItem(atPath: path) }
}
