// SPDX-License-Identifier: Apache-2.0
import FaceLibraries

/// Where an export puts portraits; used by one task at a time.
///
/// What ``store(_:)`` took is on the disk when it returns. Nothing is ever taken for whole that is not:
/// until ``finish()`` all of it lies where no source is looked for, or under its final name complete.
protocol ExportTarget: Sendable {
    /// Says whether the target can be one, before anything is recorded or changed.
    ///
    /// - Parameter isResumed: Whether this very job began to write it earlier.
    /// - Throws: ``TargetError`` that says what is in the way.
    func inspect(isResumed: Bool) throws

    /// Takes up what earlier attempts of the job left; what the ledger does not know as settled is dropped.
    ///
    /// - Parameter settled: Says which of these ids the ledger knows as settled.
    /// - Throws: ``TargetError``, `ArchiveError`, or what `settled` threw.
    func takeUp(_ settled: @Sendable ([String]) async throws -> Set<String>) async throws

    /// A private folder for archives under way; it goes with ``finish()``.
    var scratch: String { get }

    /// Stores portraits so that neither a kill nor a power cut loses them.
    ///
    /// - Parameter portraits: Some portraits; an id that was stored before is not among them.
    /// - Throws: ``TargetError`` or `ArchiveError` with the system's own words.
    func store(_ portraits: [PortraitInHand]) async throws

    /// Puts the table of people in its place and removes what was only needed on the way.
    ///
    /// - Throws: ``TargetError`` or `ArchiveError` with the system's own words.
    func finish() async throws
}
