// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import Foundation
import Glibc

/// A private folder for what a run needs for a while, such as archives under way, made when it is first needed; it
/// goes with whoever made it.
///
/// The folder's name begins with the process, so that folders of processes that died are swept by the next one.
public final class ScratchFolder: Sendable {
    private let parent: String
    private let name: String

    /// Names a folder within the ledger's own; nothing is made yet.
    ///
    /// - Parameter parent: The ledger's folder.
    public init(in parent: String) {
        self.parent = parent + "/archives"
        name = "\(getpid())-\(UInt64.random(in: .min ... .max))"
    }

    deinit { try? FileManager.default.removeItem(atPath: "\(parent)/\(name)") }

    /// Makes the folder, if it is not there.
    ///
    /// - Returns: Its path.
    /// - Throws: ``ExportError`` with the system's own words.
    public func path() throws -> String {
        let made = try TargetFolder(making: parent)
        for other in try made.names() where !Self.isInUse(other) {
            // Somebody else may sweep at the same time: what is gone is gone.
            try? FileManager.default.removeItem(atPath: "\(parent)/\(other)")
        }
        return try TargetFolder(making: "\(parent)/\(name)").path
    }

    private static func isInUse(_ name: String) -> Bool {
        guard let process = name.split(separator: "-").first.flatMap({ pid_t($0) }) else { return true }
        return kill(process, 0) == 0 || errno != ESRCH
    }
}
