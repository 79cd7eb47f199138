// SPDX-License-Identifier: Apache-2.0
package import FaceFiles
package import FaceLedger
package import FaceSources

/// What libraries and studies of one job share.
package struct JobSurroundings: Sendable {
    package let ledger: any Ledger
    /// The job that locks are taken for.
    package let job: String
    /// Where archives lie while they are read.
    package let scratch: ScratchFolder
    /// How many portraits are worked on at once.
    package let workers: Int
    package let clock: any Clock<Duration>
    /// Takes what people should know.
    package let notices: NoticeLog
    /// Whose the right is to have a device make archives.
    package var archives = ArchiveTurn.ofEachReading

    package init(
        ledger: any Ledger,
        job: String,
        scratch: ScratchFolder,
        workers: Int,
        clock: any Clock<Duration>,
        notices: NoticeLog,
        archives: ArchiveTurn = .ofEachReading
    ) {
        self.ledger = ledger
        self.job = job
        self.scratch = scratch
        self.workers = workers
        self.clock = clock
        self.notices = notices
        self.archives = archives
    }
}

/// Whose the right is to have a device make archives: one export at a time on a device (interface E2).
package enum ArchiveTurn: Sendable {
    /// Each reading takes it for itself; while another run has it, portraits are asked for one by one.
    case ofEachReading
    /// The job has it from its beginning to its end. Archives of whole pages are for a job that takes all portraits.
    case ofJob(allowsPages: Bool)
}
