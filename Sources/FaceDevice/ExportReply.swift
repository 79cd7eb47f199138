// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// An archive that a device made (interface chapters 3 and 7, exports).
///
/// When there was nothing to export, ``exported`` is 0 and ``path`` is `""`. Some devices say the same, others
/// refuse with a code of their own, when the content holds a comma (interface P6).
public struct ExportReply: Sendable {
    /// Where the archive is, for ``Device/download(_:to:)``; `""` when there is none.
    public var path: String
    /// The archive's password, `nil` when the device named none (interface E3).
    public var passphrase: Secret?
    /// How many records the device says are in the archive.
    public var exported: Int
    /// How many records match in all; of chosen ones, how many were asked for.
    public var total: Int
    /// The ids that could not be exported, as far as the device named them (interface E6).
    public var failed: [String]

    /// Collects what a device says of an archive.
    ///
    /// - Parameters:
    ///   - path: Where the archive is, `""` when there is none.
    ///   - passphrase: Its password.
    ///   - exported: How many records are in it.
    ///   - total: How many records match in all.
    ///   - failed: The ids that could not be exported.
    public init(path: String, passphrase: Secret?, exported: Int, total: Int, failed: [String]) {
        self.path = path
        self.passphrase = passphrase
        self.exported = exported
        self.total = total
        self.failed = failed
    }
}
