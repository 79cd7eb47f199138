// SPDX-License-Identifier: Apache-2.0
import Dispatch

/// A thread for a stage that waits for the disk, so that meanwhile the others have all processors.
///
/// Stages share as many threads as there are processors. One that is in the middle of writing and syncing files holds
/// such a thread and leaves its processor idle. A stage with this executor as its preference, and the actors that it
/// calls, run here instead, one step after the other.
public final class BlockingExecutor: TaskExecutor {
    // A serial queue has a thread however many others are busy; a concurrent one would share theirs.
    private let queue = DispatchQueue(label: "stage that waits for the disk")

    /// Makes a thread, of which one stage is to have the use.
    public init() {}

    /// Runs a step when those before it are done.
    ///
    /// - Parameter job: What the runtime wants to be run.
    public func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { unsafe job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
}
