// SPDX-License-Identifier: Apache-2.0
import Glibc

/// The folder that a report is written to.
struct ReportFolder: Sendable {
    let path: String
    /// The folders that were not there before, the outermost first.
    private let made: [String]

    /// Makes the folder, and those above it, if they are missing, and proves that a file can be made in it.
    init(path: String) throws(ReportError) {
        guard !path.isEmpty else {
            throw ReportError(code: .folder, message: "the folder for the report has no name")
        }
        self.path = path
        do throws(SystemFailure) {
            made = try Self.make(path)
        } catch {
            throw ReportError(code: .folder, doing: "the report cannot be written to \(path)", error)
        }
        do throws(ReportError) {
            // Begun, it is gone again at once. Permissions alone say little on a full, remote or read-only disk.
            _ = try PartialFile("summary.json", in: self)
        } catch {
            var refusal = error
            refusal.code = .folder
            throw refusal
        }
    }

    /// The path of a file in the folder.
    func file(_ name: String) -> String {
        path.hasSuffix("/") ? path + name : path + "/" + name
    }

    /// Removes a file of an earlier report, if there is one.
    func remove(_ name: String) throws(ReportError) {
        do throws(SystemFailure) {
            try SystemCalls.remove(file(name))
        } catch {
            throw ReportError(code: .file, doing: "\(file(name)) cannot be replaced", error)
        }
    }

    /// Removes the folders that were made for it, as far as there is nothing in them.
    func withdraw() throws(ReportError) {
        do throws(SystemFailure) {
            for folder in made.reversed() { try SystemCalls.removeEmptyFolder(folder) }
        } catch {
            throw ReportError(code: .folder, doing: "the folder \(path) cannot be removed", error)
        }
    }

    /// Puts the names of the files on the disk.
    func sync() throws(ReportError) {
        do throws(SystemFailure) {
            let descriptor = try SystemCalls.openFolder(path)
            defer { _ = Glibc.close(descriptor) }
            try SystemCalls.sync(descriptor)
        } catch {
            throw ReportError(code: .folder, doing: "the folder \(path) cannot be synced", error)
        }
    }

    /// `mkdir -p`: a folder that is there already is what was wanted, and keeps its permissions.
    ///
    /// - Returns: The folders that were made.
    private static func make(_ path: String) throws(SystemFailure) -> [String] {
        var place = path.hasPrefix("/") ? "/" : ""
        var made: [String] = []
        for part in path.split(separator: "/") {
            place += part + "/"
            do throws(SystemFailure) {
                try SystemCalls.makeFolder(place)
                made.append(place)
            } catch {
                // A folder that is there may answer any of these; whether it will do shows when a file is made.
                guard [EEXIST, EISDIR, EROFS, EACCES, EPERM].contains(error.number) else { throw error }
            }
        }
        return made
    }
}
