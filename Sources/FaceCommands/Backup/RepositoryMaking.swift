// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceLedger
import FaceRepository

/// The option that makes a repository where there was another one.
struct MakingOptions: ParsableArguments, Sendable {
    @Flag(help: "Make a repository though there was one at this place, and is none now.")
    var newRepository = false
}

/// Opens the repository that a command writes into, or makes it where there never was one.
///
/// A disk that is not mounted tonight leaves an empty folder. Where this machine's ledger remembers a repository, an empty
/// folder is no place for a new one, unless that is asked for.
struct RepositoryMaking {
    let invocation: Invocation
    let ledger: any Ledger
    /// Whether `--new-repository` was given.
    let isAskedFor: Bool

    /// Whether there is nothing at a place and a repository may be made there; nothing is made yet.
    ///
    /// - Parameters:
    ///   - typed: The folder as it was typed.
    ///   - access: What is to open it.
    ///   - isRehearsal: Whether it is only read, and never made.
    /// - Returns: Whether ``open(_:seenFrom:_:isRehearsal:)`` will make a repository.
    /// - Throws: ``CommandError`` with status 4 where there was one, and where `access` has no secret for a new one;
    ///   `LedgerError`.
    func isNew(_ typed: String, _ access: RepositoryAccess, isRehearsal: Bool) async throws -> Bool {
        let path = WorkingDirectory.absolute(typed)
        guard RepositoryPlace.at(path) == .nothing else { return false }
        try checkMaking(typed, try await ledger.knownRepository(at: path), isRehearsal)
        // What others can read is told when it is read for good.
        _ = try access.secret(warn: { _ in })
        return true
    }

    /// Opens the repository, or makes it.
    ///
    /// - Parameters:
    ///   - typed: The folder as it was typed.
    ///   - directory: The folder that it is seen from; the one the command runs in, if `nil`.
    ///   - access: What opens it.
    ///   - isRehearsal: Whether it is only read, and never made.
    /// - Returns: The repository, which the ledger remembers from now on.
    /// - Throws: ``CommandError`` with status 4 where there was one, `RepositoryError`, `LedgerError`.
    func open(
        _ typed: String,
        seenFrom directory: String? = nil,
        _ access: RepositoryAccess,
        isRehearsal: Bool = false
    ) async throws -> Repository {
        let path = WorkingDirectory.absolute(typed, seenFrom: directory)
        let known = try await ledger.knownRepository(at: path)
        switch RepositoryPlace.at(path) {
        case .nothing:
            try checkMaking(typed, known, isRehearsal)
            try Repository.create(
                path,
                access.secret(warn: invocation.console.warn),
                at: Double(invocation.context.now())
            )
            invocation.console.notice(
                "\(typed) is a new repository; without its passphrase or key file nobody opens it."
            )
        case .repository where isAskedFor:
            throw CommandError.usage("\(typed) is a repository already; --new-repository is for a place without one.")
        default: break
        }
        let use: Repository.Access = isRehearsal ? .reading : .writing
        let repository = try invocation.openRepository(typed, seenFrom: directory, access, for: use)
        if let known, !known.id.isEmpty, known.id != repository.id, !isAskedFor {
            invocation.console.warn(
                "\(typed) is another repository than the one that was here on \(Self.day(known.seen)): "
                    + "see that the right disk is mounted."
            )
        }
        if !isRehearsal {
            let now = Double(invocation.context.now())
            try await ledger.note(KnownRepository(path: path, id: repository.id, seen: now))
        }
        return repository
    }

    /// Throws where no repository may be made.
    private func checkMaking(_ typed: String, _ known: KnownRepository?, _ isRehearsal: Bool) throws {
        if let known, !isAskedFor {
            throw CommandError.stopped(
                "There is no repository at \(typed) now, and there was one on \(Self.day(known.seen)): mount its disk and "
                    + "run this again; --new-repository makes another one here. Nothing was changed."
            )
        }
        if isRehearsal { throw CommandError.failed("\(typed) is no repository yet, so all would be read.") }
    }

    /// The day of a time, as a person of this machine says it.
    private static func day(_ seconds: Double) -> String {
        let id = JobID.make(at: Int(seconds))
        return "\(id.prefix(4))-\(id.dropFirst(4).prefix(2))-\(id.dropFirst(6).prefix(2))"
    }
}
