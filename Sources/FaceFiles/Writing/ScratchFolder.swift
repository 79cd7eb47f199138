// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// A private folder for what a run needs for a while, such as archives under way: the run's own, made when it is first
/// needed and gone with the run, or one that an export's target has.
///
/// The name of a run's own folder begins with the process, so that folders of processes that died are swept by the
/// next one.
public final class ScratchFolder: Sendable {
    private enum Place {
        case own(parent: String, name: String)
        case lent(String)
    }

    private let place: Place

    /// Names a folder within the ledger's own; nothing is made yet.
    ///
    /// - Parameter parent: The ledger's folder.
    public init(in parent: String) {
        let name = "\(getpid())-\(UInt64.random(in: .min ... .max))"
        place = .own(parent: parent + "/archives", name: name)
    }

    /// Names a folder that somebody else makes and removes.
    ///
    /// - Parameter path: The folder.
    package init(lent path: String) { place = .lent(path) }

    deinit {
        if case .own(let parent, let name) = place { try? FileManager.default.removeItem(atPath: "\(parent)/\(name)") }
    }

    /// Makes the folder, if it is not there.
    ///
    /// - Returns: Its path.
    /// - Throws: ``TargetError`` with the system's own words.
    public func path() throws -> String {
        switch place {
        case .lent(let path): return path
        case .own(let parent, let name): return try Self.make(name, in: parent)
        }
    }

    private static func make(_ name: String, in parent: String) throws -> String {
        let made = try TargetFolder(making: parent)
        for other in try made.names() where !isInUse(other) {
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
