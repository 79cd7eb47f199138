// SPDX-License-Identifier: Apache-2.0
import FaceRepository

extension Invocation {
    /// Opens a repository.
    ///
    /// - Parameters:
    ///   - typed: The folder as it was typed.
    ///   - directory: The folder that it is seen from; the one the command runs in, if `nil`.
    ///   - access: What opens it.
    ///   - use: What it is opened for.
    /// - Returns: The repository.
    /// - Throws: ``CommandError`` or `RepositoryError`.
    func openRepository(
        _ typed: String,
        seenFrom directory: String? = nil,
        _ access: RepositoryAccess,
        for use: Repository.Access
    ) throws -> Repository {
        let path = WorkingDirectory.absolute(typed, seenFrom: directory)
        if let problem = RepositoryPlace.at(path).problem(typed) { throw problem }
        let repository = try unlocked(path, access, for: use)
        if use == .writing { try tell(of: repository, typed) }
        return repository
    }

    /// Opens a repository by the passphrase as it is meant, or as versions read it that took a mark for a part of it.
    private func unlocked(
        _ path: String,
        _ access: RepositoryAccess,
        for use: Repository.Access
    ) throws -> Repository {
        do {
            return try Repository.open(path, access.secret(warn: console.warn), for: use)
        } catch let error as RepositoryError where error.code == .wrongPassphrase {
            guard let marked = try access.secretWithMark() else { throw error }
            let repository = try Repository.open(path, marked, for: use)
            console.warn(
                "The passphrase of \(path) begins with the byte order mark of its file, as earlier versions read it: typed by "
                    + "hand it does not open the repository. Keep the file, or set a new passphrase (docs/repository.md)."
            )
            return repository
        }
    }

    /// Why an address that names no snapshot names none.
    ///
    /// - Parameter typed: What should have named a repository, or a snapshot in one.
    /// - Returns: The error to end with.
    func noRepository(_ typed: String) -> any Error {
        let path = typed.prefix { $0 != "@" }
        let place = RepositoryPlace.at(WorkingDirectory.absolute(path.isEmpty ? typed : String(path)))
        return place.problem(typed) ?? CommandError.usage("\(typed) is no repository; write REPO or REPO@SNAPSHOT.")
    }

    /// Tells what somebody who looks after a repository should know, once a run.
    private func tell(of repository: Repository, _ typed: String) throws {
        for problem in repository.problems {
            console.warn("\(typed)/\(problem.file): \(problem.what); its copy was used and put in its place.")
        }
        let strangers = try repository.strangers()
        if !strangers.isEmpty {
            let shown = strangers.prefix(5).joined(separator: ", ") + (strangers.count > 5 ? " …" : "")
            console.notice("\(typed) holds what is not of the repository; it is left alone: \(shown)")
        }
        warnOfTheFuture(repository)
    }

    /// Warns of snapshots that were taken by a clock that was wrong.
    func warnOfTheFuture(_ repository: Repository) {
        for snapshot in repository.snapshotsOfTheFuture(at: Double(context.now())) {
            console.warn(
                "\(snapshot.title) says that it was taken at \(snapshot.taken), which is still to come: a clock was wrong. "
                    + "It counts by its place in the list, not by its time."
            )
        }
    }
}
