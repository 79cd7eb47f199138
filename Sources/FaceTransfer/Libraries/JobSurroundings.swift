// SPDX-License-Identifier: Apache-2.0
import FaceImaging
import FaceLedger

/// What libraries and studies of one job share.
struct JobSurroundings: Sendable {
    let ledger: any Ledger
    /// The job that locks are taken for.
    let job: String
    /// Where archives lie while they are read.
    let scratch: ScratchFolder
    /// How many portraits are worked on at once.
    let workers: Int
    let clock: any Clock<Duration>
    /// Takes what people should know.
    let notices: NoticeLog
    /// Whose the right is to have a device make archives.
    var archives = ArchiveTurn.ofEachReading
}

/// Whose the right is to have a device make archives: one export at a time on a device (interface E2).
enum ArchiveTurn: Sendable {
    /// Each reading takes it for itself; while another run has it, portraits are asked for one by one.
    case ofEachReading
    /// The job has it from its beginning to its end. Archives of whole pages are for a job that takes all portraits.
    case ofJob(allowsPages: Bool)
}
