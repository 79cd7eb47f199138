// SPDX-License-Identifier: Apache-2.0
import Foundation
import Synchronization

/// The locks of libraries as files of one folder, one a library.
///
/// The files stay when a lock is given up: removing one could take it from under a process that has
/// just opened it.
struct LibraryLocks: Sendable {
    let folder: String

    func take(_ library: LibraryKey, for job: String) throws(LedgerError) -> LibraryLock {
        let path = path(of: library)
        guard let held = try HeldFile.take(path) else {
            throw LedgerError(.locked, Holder(reading: path)?.sentence ?? Holder.unknown)
        }
        try held.write(Holder(job: job).text)
        return LibraryLock(onRelease: { held.release() })
    }

    /// The file of a library's lock; the serial number is the device's word, so it is escaped.
    func path(of library: LibraryKey) -> String {
        var name = ""
        for byte in library.device.utf8 {
            let character = Character(UnicodeScalar(byte))
            if character.isASCII, character.isLetter || character.isNumber || character == "-" {
                name.append(character)
            } else {
                let digits = String(byte, radix: 16, uppercase: true)
                name += "%" + (digits.count == 1 ? "0" : "") + digits
            }
        }
        return "\(folder)/\(name)-\(library.library).lock"
    }
}

/// The locks of a ledger that lives in memory and is seen by one process only.
final class MemoryLocks: Sendable {
    private let held = Mutex<Set<LibraryKey>>([])

    func take(_ library: LibraryKey, for job: String) throws(LedgerError) -> LibraryLock {
        guard held.withLock({ $0.insert(library).inserted }) else {
            throw LedgerError(.locked, Holder(job: job).sentence)
        }
        let isMine = Mutex(true)
        return LibraryLock(onRelease: { [self] in
            // The first release counts: a later one must not end the lock of whoever came next.
            let first = isMine.withLock { mine in
                defer { mine = false }
                return mine
            }
            if first { held.withLock { _ = $0.remove(library) } }
        })
    }
}

/// Who holds a lock, as its file says.
private struct Holder {
    static let unknown = "another facelib works on this library; wait for it to end"

    var process: String
    var job: String
    var host: String
    var since: String

    init(job: String) {
        process = String(ProcessInfo.processInfo.processIdentifier)
        self.job = job
        host = ProcessInfo.processInfo.hostName
        since = Date().formatted(.iso8601)
    }

    /// What the file at `path` says; `nil` while its holder is still writing it.
    init?(reading path: String) {
        guard let text = try? String(contentsOfFile: path, encoding: .utf8) else { return nil }
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard lines.count == 5 else { return nil }
        (process, job, host, since) = (lines[0], lines[1], lines[2], lines[3])
    }

    var text: String { "\(process)\n\(job)\n\(host)\n\(since)\n" }

    var sentence: String {
        "another facelib (process \(process), job \(job), on \(host)) works on this library since \(since); "
            + "wait for it to end"
    }
}
