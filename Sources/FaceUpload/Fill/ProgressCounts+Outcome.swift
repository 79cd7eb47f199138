// SPDX-License-Identifier: Apache-2.0
package import FaceModel
import FacePipeline

extension ProgressCounts {
    /// Counts a row that has its outcome now.
    package mutating func note(_ outcome: Outcome) {
        switch outcome {
        case .stored, .updated, .removed, .ready: confirmed += 1
        case .unchanged: unchanged += 1
        case .rejected, .duplicate: rejected += 1
        case .failed: failed += 1
        }
    }
}
