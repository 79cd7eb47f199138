// SPDX-License-Identifier: Apache-2.0
import Foundation
import Glibc

/// A private file that goes when it is given up; a `flock` tells files in use from those of dead processes.
final class ScratchFile: Sendable {
    private let held: HeldFile

    /// The file; empty when it is made.
    var path: String { held.path }

    private init(held: HeldFile) { self.held = held }

    deinit { remove() }

    /// Makes a new file, `<process>-<n>.sqlite`.
    static func make(in folder: String) throws(LedgerError) -> ScratchFile {
        for number in 1...10_000 {
            let path = "\(folder)/\(getpid())-\(number).sqlite"
            // A name is taken, or was swept between its making and its locking: the next one.
            guard let held = try HeldFile.take(path, mustBeNew: true), held.isStillThere else { continue }
            return ScratchFile(held: held)
        }
        throw LedgerError(.unusable, "the folder \(folder) is full of files in use")
    }

    /// Removes the files of processes that died.
    static func sweep(_ folder: String) throws(LedgerError) {
        let names: [String]
        do {
            names = try FileManager.default.contentsOfDirectory(atPath: folder)
        } catch {
            throw LedgerError(.unusable, "the folder \(folder) cannot be read: \(error.localizedDescription)")
        }
        for name in names where name.hasSuffix(".sqlite") {
            guard let held = try HeldFile.take("\(folder)/\(name)") else { continue }
            ScratchFile(held: held).remove()
        }
    }

    /// Removes the file; doing so twice does no harm.
    func remove() {
        // Only while it is held: under the same name there may be a new one already.
        if held.isStillThere { unlink(path) }
        held.release()
    }
}
