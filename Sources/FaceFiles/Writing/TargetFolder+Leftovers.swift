// SPDX-License-Identifier: Apache-2.0
import Foundation

extension TargetFolder {
    /// Removes what is under a name in a folder that is facelib's own while it works, whoever put it there.
    ///
    /// A storage box lays folders of its own beside the files that it indexes, also where they come and go.
    package func removeLeftover(_ name: String) throws(TargetError) {
        let isGone = try !isThere(name)
        let isPlain = try isFile(name)
        if isGone || isPlain { return try remove(name) }
        do {
            try FileManager.default.removeItem(atPath: path + "/" + name)
        } catch {
            throw TargetError(.failed, "\(path)/\(name) cannot be removed: \(error.localizedDescription)")
        }
    }
}
