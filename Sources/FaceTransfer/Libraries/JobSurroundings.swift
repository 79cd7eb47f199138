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
}
