// SPDX-License-Identifier: Apache-2.0
import FaceDevice
public import FaceImaging
public import FaceLedger
public import FaceLibraries
import FaceModel

/// A library that a mirror makes equal to its source, before anybody looked whether it is there.
public struct MirrorTarget: Sendable {
    /// The job as it stands in the ledger; one job for each target.
    public var record: JobRecord
    /// The library.
    public var request: DestinationRequest
    /// What images sent to the device must keep to.
    public var limits: ImageLimits
    /// The changes that may be carried out, of a plan made before; without one, whatever differs.
    public var plan: PlannedChanges?

    /// How many portraits the run deletes in other libraries of the target's device.
    public var spent: Int

    /// Names a target.
    ///
    /// - Parameters:
    ///   - record: The job as it stands in the ledger.
    ///   - request: The library.
    ///   - limits: What images sent to the device must keep to.
    ///   - plan: The changes that may be carried out.
    ///   - spent: How many portraits the run deletes in other libraries of the target's device.
    public init(
        record: JobRecord,
        request: DestinationRequest,
        limits: ImageLimits,
        plan: PlannedChanges? = nil,
        spent: Int = 0
    ) {
        self.record = record
        self.request = request
        self.limits = limits
        self.plan = plan
        self.spent = spent
    }
}

/// What came of one target.
public struct MirrorResult: Sendable {
    /// The target's job.
    public var job: String
    /// How it ended; the error is what ended it before its end.
    public var end: Result<MirrorEnd, any Error>
}

/// How the mirror into one target ended.
public struct MirrorEnd: Sendable {
    /// Why there may be portraits that were not mirrored; `nil` when the source's listing was complete and stable.
    public var doubt: String?
    /// Differences that were found when the target was listed again after the work, and not told of by a row.
    public var differences = 0
    /// How many portraits were to be removed.
    public var leavers = 0
    /// Whether the source is a folder, a spreadsheet or an archive without a single row.
    public var isSourceEmpty = false
    /// Why the target could not be compared for certain after the work, `nil` where it could.
    public var uncertainty: String?
    /// When of all masked attributes of the source those were read that were read longest ago, in seconds since 1970;
    /// `nil` where nothing is masked.
    public var oldestReading: Double?
}
