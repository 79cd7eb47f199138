// SPDX-License-Identifier: Apache-2.0
import Synchronization

/// The archives in `tmp/`: their names, how long they stay there (E2, E9), and which may be handed out again.
final class ArchiveShelf: Sendable {
    /// What an archive is made of.
    struct Contents: Hashable, Sendable {
        var kind: String
        var method: ZipCipher.Method
        var items: [ExportItem]
    }

    private struct State: Sendable {
        /// The second that the latest archive with a prefix is named after.
        var latest: [String: Int] = [:]
        /// When each archive was made.
        var made: [String: Double] = [:]
        /// What can be handed out again.
        var kept: [Contents: FinishedArchive] = [:]
    }

    private let keepsArchives: Bool
    private let state = Mutex(State())

    init(keepsArchives: Bool) { self.keepsArchives = keepsArchives }

    /// The name of a new archive, without folder and extension: `face_2019-01-23-12-04-27`.
    ///
    /// Names have one second's resolution. So that no two are alike, and nobody has to wait for the next second,
    /// the name's second runs ahead of the clock where exports come faster.
    ///
    /// - Parameters:
    ///   - prefix: The kind of archive.
    ///   - now: Seconds since 1970.
    ///   - mayCollide: Whether the name's second is always the clock's, so that two archives may share a name.
    /// - Returns: The name.
    func name(_ prefix: String, now: Double, mayCollide: Bool) -> String {
        let second = state.withLock { state in
            var second = Int(now.rounded(.down))
            if !mayCollide, let latest = state.latest[prefix] { second = max(second, latest + 1) }
            state.latest[prefix] = second
            return second
        }
        let time = DeviceClock.text(Double(second)).map { $0 == " " || $0 == ":" ? "-" : $0 }
        return "\(prefix)_\(String(time))"
    }

    /// Notes when an archive was made, or handed out again.
    func put(_ path: String, at now: Double) { state.withLock { $0.made[path] = now } }

    /// Remembers what an archive was made of, if archives are kept at all.
    func keep(_ archive: FinishedArchive, of contents: Contents) {
        guard keepsArchives else { return }
        state.withLock { state in
            // One with the same name has just been replaced (E2).
            state.kept = state.kept.filter { $0.value.path != archive.path }
            state.kept[contents] = archive
        }
    }

    /// The archive that was made of the same contents; it may be gone since.
    func kept(_ contents: Contents) -> FinishedArchive? { state.withLock { $0.kept[contents] } }

    /// Whether an archive is older than it may be.
    func hasExpired(_ path: String, after seconds: Int, now: Double) -> Bool {
        state.withLock { state in state.made[path].map { now >= $0 + Double(seconds) } ?? false }
    }

    /// Whether a file is an archive at all.
    func holds(_ path: String) -> Bool { state.withLock { $0.made[path] != nil } }
}
