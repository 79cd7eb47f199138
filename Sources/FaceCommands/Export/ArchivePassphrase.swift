// SPDX-License-Identifier: Apache-2.0
internal import FaceLedger
internal import FaceModel
internal import Glibc

/// The passphrase of the archive that an export writes.
///
/// One that is generated lies in a private file of the ledger's folder while the job is under way, so that
/// the job can be continued; it is told once, at the end, and then nobody has it but the user.
struct ArchivePassphrase {
    /// The passphrase.
    let secret: Secret
    private var generated: Generated?

    /// Where a generated passphrase lies, and to whom it is told.
    private struct Generated {
        let file: String
        let target: String
        let console: Console
    }

    /// Takes the user's own passphrase.
    init(secret: Secret) { self.secret = secret }

    /// Generates a passphrase for a job, or takes the one that an earlier attempt generated.
    ///
    /// - Parameters:
    ///   - record: The job.
    ///   - directory: The ledger's folder.
    ///   - console: Where the passphrase is told.
    /// - Throws: ``CommandError`` when it cannot be kept.
    init(generatedFor record: JobRecord, in directory: String, _ console: Console) throws {
        let file = "\(directory)/passphrase-\(record.id)"
        if TextFile.exists(file) {
            secret = try PassphraseFile.read(file, warn: console.warn)
        } else {
            secret = PassphraseFile.generated()
            do {
                try TextFile.create(file, with: secret.revealed + "\n")
            } catch {
                throw CommandError.failed("\(file) cannot be written: \(error.text); name another folder with --state.")
            }
        }
        generated = Generated(file: file, target: record.target, console: console)
    }

    /// Tells a generated passphrase; from then on facelib does not know it.
    ///
    /// - Throws: ``CommandError`` when its file cannot be removed.
    func tellAndForget() throws {
        guard let generated else { return }
        generated.console.say("The passphrase of \(generated.target) is \(secret.revealed)")
        generated.console.say("It is told only this once; without it nobody can open the archive.")
        guard unsafe unlink(generated.file) == 0 else {
            throw CommandError.failed(
                "\(generated.file) holds the passphrase and cannot be removed: \(systemText(errno))."
            )
        }
    }
}
