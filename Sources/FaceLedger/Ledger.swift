// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// What facelib remembers between runs and across a crash: jobs, rows, batches, portraits known to be
/// on devices, and the safe for portraits about to be changed, replaced or removed.
///
/// Each method is one transaction. What comes before an effect (a batch that is opened, a portrait that is kept in the
/// safe, a job that begins or ends) is synced to disk before it returns; what records an effect afterwards outlives the
/// process at once and reaches the disk with the next of those. Rows are known by their key in
/// the source, never by a number, and several processes may use one ledger.
public protocol Ledger: Sendable {
    /// The secret that goes into the digests of photos and images, 64 random bytes that never change; `nil` in a ledger
    /// that began with plain SHA-256 and goes on with it.
    var contentKey: [UInt8]? { get }

    // Jobs

    /// Records a new job, or an old one that is taken up again (its state becomes running).
    func begin(_ job: JobRecord) async throws
    /// Records how a job ended; `seconds` is added to what earlier attempts took.
    func end(_ job: String, _ state: JobState, message: String, seconds: Double) async throws
    /// One job by its id, `nil` when there is none.
    func job(_ id: String) async throws -> JobRecord?
    /// The newest jobs first.
    func jobs(limit: Int) async throws -> [JobRecord]
    /// The newest job that finished with this command, source and target; ``sourceRowCount(of:)`` is the last known size.
    func lastFinished(command: String, source: String, target: String) async throws -> JobRecord?

    // Rows

    /// Records rows in the order of the source and says of each whether work is to be done on it.
    ///
    /// A row whose key the job already holds keeps its outcome, unless that was `failed`. An img_id
    /// that an earlier row of the job has makes the row a duplicate; the outcome is recorded too.
    func register(_ rows: [NewRow], in job: String) async throws -> [Registration]
    /// Records rows that are settled the moment they are registered, all with one outcome.
    ///
    /// A row whose key the job already holds keeps an outcome other than `failed`; an open or failed one
    /// gets this one. A row's rejection gives the reason and the detail.
    func record(_ rows: [NewRow], as outcome: Outcome, in job: String) async throws
    /// Records what became of rows; a row may be settled again (`failed`, then `stored`).
    func settle(_ settlements: [Settlement], in job: String) async throws
    /// Adds rows that have no source: what was removed from the destination.
    func append(_ rows: [RowResult], in job: String) async throws
    /// How many rows of the job ended in each outcome; rows without one are not counted.
    func outcomes(of job: String) async throws -> [Outcome: Int]
    /// How many rows of the job are of its source, with whatever outcome; those that were appended are not.
    func sourceRowCount(of job: String) async throws -> Int
    /// How many rows of the job have no outcome yet.
    func unsettledCount(of job: String) async throws -> Int
    /// What these rows of the job ended in; rows without an outcome are left out.
    func outcomes(ofRows keys: [String], of job: String) async throws -> [String: Outcome]
    /// Which of these rows of the job have an outcome other than `failed`.
    func settledKeys(among keys: [String], of job: String) async throws -> Set<String>
    /// The keys of at most `limit` rows of the job that have no outcome yet.
    func unsettledKeys(of job: String, limit: Int) async throws -> [String]
    /// The rows of a job in the order of the source, `limit` at a time; `nil` starts at the first.
    func results(of job: String, after cursor: ResultCursor?, limit: Int) async throws -> ResultPage

    // Pictures

    /// Records what pictures look like and returns, for each, an earlier row of the job that shows the
    /// same picture under another img_id (identical content, or hashes whose bytes differ by at most `nearness` in sum,
    /// looked up by their keys).
    func recordPictures(_ pictures: [PictureRecord], nearness: Int, in job: String) async throws -> [PictureTwin?]

    // Batches

    /// Records a batch and what it will send, before its request leaves.
    func open(_ batch: BatchRecord) async throws
    /// Forgets batches whose rows have all been accounted for.
    func close(batches: [String]) async throws
    /// The batches of a library that were opened and never closed, of whatever job.
    func openBatches(in library: LibraryKey) async throws -> [BatchRecord]

    // Known portraits

    /// What is known of portraits in a library; ids that are not known are left out.
    func known(_ ids: [PortraitID], in library: LibraryKey) async throws -> [PortraitID: KnownPortrait]
    /// What is known of the portraits from one id through another, both included, in the byte order of their ids.
    func known(
        from first: PortraitID,
        through last: PortraitID,
        in library: LibraryKey
    ) async throws -> [KnownPortrait]
    /// At most `limit` ids whose attributes were read longest ago, those first.
    func oldestReadings(in library: LibraryKey, limit: Int) async throws -> [PortraitID]
    /// When the attributes were read that were read longest ago, in seconds since 1970; `nil` when nothing is known.
    func oldestReading(in library: LibraryKey) async throws -> Double?
    /// Records portraits as they were confirmed on the device.
    func learn(_ portraits: [KnownPortrait], in library: LibraryKey) async throws
    /// Forgets portraits that are no longer on the device, or no longer as they were known.
    func forget(_ ids: [PortraitID], in library: LibraryKey) async throws

    // Safe

    /// Keeps a portrait as it is on the device before it is changed there; returns when it is sealed and synced.
    ///
    /// An older entry of its id that is still pending goes to the trash as replaced.
    func keep(_ portrait: SafePortrait) async throws
    /// The portraits of a library that wait for a resolution, oldest first, without their content.
    func pendingSafe(in library: LibraryKey) async throws -> [SafeEntry]
    /// The pending portrait of an id with its content, `nil` when none waits.
    func safePortrait(_ id: PortraitID, in library: LibraryKey) async throws -> SafePortrait?
    /// Marks what became of the pending portrait of an id: `.putBack` erases it, the others leave it to the trash.
    ///
    /// Doing so again, or for an id of which nothing waits, does no harm.
    func resolve(_ id: PortraitID, in library: LibraryKey, as resolution: SafeResolution) async throws

    // Trash

    /// What a job changed, replaced or removed, as it was before: oldest first, `limit` at a time, without content.
    func trash(of job: String, after cursor: TrashEntry.ID?, limit: Int) async throws -> TrashPage
    /// One portrait of the trash with its content, `nil` when it has been erased.
    func trashed(_ id: TrashEntry.ID) async throws -> SafePortrait?
    /// How many portraits of a job are in the trash.
    func trashCount(of job: String) async throws -> Int
    /// Erases what was kept before a time (seconds since 1970) and says how many portraits that were.
    ///
    /// Nothing that is pending goes. Some at a time: what is cut off in between goes the next time.
    func emptyTrash(keptBefore time: Double) async throws -> Int

    // Repositories

    /// Records that a repository was opened.
    func note(_ repository: KnownRepository) async throws
    /// The repository that was last opened at a path, `nil` when there never was one.
    func knownRepository(at path: String) async throws -> KnownRepository?

    // Secrets

    /// Keeps a secret for as long as a job is under way; returns when it is sealed and synced.
    func keep(_ secret: Secret, of job: String) async throws
    /// The secret that was kept for a job, `nil` when there is none.
    func secret(of job: String) async throws -> Secret?
    /// The jobs for which secrets are kept.
    func jobsWithSecrets() async throws -> [String]
    /// Erases the secret of a job; doing so again does no harm.
    func forgetSecret(of job: String) async throws

    // Listings

    /// Begins the listing of a library; files of listings whose processes died are swept.
    func beginListing() async throws -> any Listing

    // Locks

    /// Takes the lock of a library for this process, until the lock is released or the process ends.
    ///
    /// Throws ``LedgerError`` with ``LedgerError/Code/locked`` when another living process holds it.
    func lock(_ library: LibraryKey, for job: String) throws -> LibraryLock
}
