// SPDX-License-Identifier: Apache-2.0
internal import FaceLedger
internal import FaceModel
internal import FaceTransfer

/// The passphrase of the archive that an export writes.
///
/// One that is generated is kept in the ledger, sealed, for as long as the job is under way, so that the job can be
/// continued; it is told once, at the end, and then nobody has it but the user.
struct ArchivePassphrase {
    /// The passphrase.
    let secret: Secret
    private var generated: Generated?

    /// For which job a passphrase was generated, and to whom it is told.
    private struct Generated {
        let record: JobRecord
        let ledger: any Ledger
        let console: Console
    }

    /// Takes the user's own passphrase.
    init(secret: Secret) { self.secret = secret }

    /// Generates a passphrase for a job, or takes the one that an earlier attempt generated.
    ///
    /// - Parameters:
    ///   - record: The job.
    ///   - ledger: Where it is kept.
    ///   - console: Where the passphrase is told.
    /// - Throws: `LedgerError` when it cannot be kept.
    init(generatedFor record: JobRecord, in ledger: any Ledger, _ console: Console) async throws {
        if let kept = try await ledger.secret(of: record.id) {
            secret = kept
        } else {
            secret = PassphraseFile.generated()
            try await ledger.keep(secret, of: record.id)
        }
        generated = Generated(record: record, ledger: ledger, console: console)
    }

    /// Tells a generated passphrase; from then on facelib does not know it.
    ///
    /// - Throws: `LedgerError` when it cannot be erased.
    func tellAndForget() async throws {
        guard let generated else { return }
        generated.console.say("The passphrase of \(generated.record.target) is \(secret.revealed)")
        generated.console.say("It is told only this once; without it nobody can open the archive.")
        try await generated.ledger.forgetSecret(of: generated.record.id)
    }
}

extension ArchivePassphrase {
    /// The passphrase of the archive that a job finished earlier, which goes on being that of the archive.
    ///
    /// - Parameters:
    ///   - record: The job, which finished.
    ///   - archive: The archive, by its full path.
    ///   - ledger: Where a passphrase is kept until it was told.
    ///   - console: Where the passphrase is told.
    /// - Throws: ``CommandError`` with status 64 where it was told and is not kept any more, `LedgerError`.
    init(finished record: JobRecord, archive: String, in ledger: any Ledger, _ console: Console) async throws {
        guard TextFile.exists(archive), try await ledger.secret(of: record.id) == nil else {
            try await self.init(generatedFor: record, in: ledger, console)
            return
        }
        throw CommandError.usage(
            "\(archive) is encrypted with a passphrase that was told when it was written and is not kept: put it into a "
                + "file and run facelib job resume \(record.id) --passphrase-file FILE."
        )
    }
}

/// Passphrases that jobs left which were killed.
struct LeftPassphrases {
    let ledger: any Ledger
    /// The folder of the ledger, where earlier versions kept a generated passphrase in clear.
    let directory: String
    /// The time, in seconds since 1970.
    let now: Int

    /// How long ago a job began of which nothing is under way any more, in seconds.
    private static let patience = 86_400

    /// Erases those that nobody can need any more, and seals those that lie there in clear.
    ///
    /// - Throws: `LedgerError`, or ``CommandError`` for a file that cannot be read or removed.
    func tidy() async throws {
        for record in try await ledger.jobs(limit: 200) where record.command == "export" {
            try await sealFile(of: record.id)
        }
        for job in try await ledger.jobsWithSecrets() {
            let isNeeded = try await isNeeded(by: job)
            if !isNeeded { try await ledger.forgetSecret(of: job) }
        }
    }

    /// Whether an archive of the job is under way, or may be.
    private func isNeeded(by job: String) async throws -> Bool {
        // The ids of jobs begin with their time; the last two digits say nothing.
        let isOld = job.dropLast(2) < JobID.make(at: now - Self.patience).dropLast(2)
        guard let record = try await ledger.job(job) else { return !isOld }
        let target = WorkingDirectory.absolute(record.target, seenFrom: record.directory)
        // A finished job that still has one was killed before it told it: nobody else can open the archive.
        if record.state == .finished { return TextFile.exists(target) }
        return !isOld || ExportJob.hasBegun(target: target)
    }

    private func sealFile(of job: String) async throws {
        let file = "\(directory)/passphrase-\(job)"
        guard TextFile.exists(file) else { return }
        let secret = try PassphraseFile.read(file) { _ in }
        try await ledger.keep(secret, of: job)
        do {
            try TextFile.remove(file)
        } catch {
            throw CommandError.failed("\(file) holds a passphrase and cannot be removed: \(error.text).")
        }
    }
}
