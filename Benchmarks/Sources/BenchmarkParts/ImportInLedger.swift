// SPDX-License-Identifier: Apache-2.0
import FaceImaging
public import FaceLedger
import FaceModel

/// The ledger's part of an import of photos that fit, into a library that was empty: the calls that `ImportJob` and its
/// stages make, in groups of the same lengths, one after the other.
public struct ImportInLedger {
    private let ledger: any Ledger
    private let record: JobRecord
    private let library = LibraryKey(device: "SN-000017", library: 1)
    private var batchNumbers = SeededNumbers(seed: -1)
    /// Registered, not yet in a batch.
    private var admitted: [MadeUpPortrait] = []
    /// In a batch that the device is said to have taken.
    private var claimed: [MadeUpPortrait] = []
    private var openBatches: [String] = []

    /// How many rows are registered together (`Admission`).
    public static let groupLength = 128
    /// How many portraits a request carries (`DeviceSettings`).
    private static let batchLength = 20
    /// How many portraits are read back together (`Confirmation`).
    private static let confirmationLength = 200
    /// How many outcomes a report reads at once (`LedgerRows`).
    private static let pageLength = 500

    /// Begins the job, in a library that no other process works on.
    ///
    /// - Parameter ledger: The ledger.
    /// - Throws: `LedgerError`.
    public init(_ ledger: any Ledger) async throws {
        self.ledger = ledger
        record = JobRecord(
            id: "20261122-101502-3f",
            command: "import",
            source: "photos",
            target: "hq:Staff",
            directory: "/srv/import",
            options: #"{"quality":"hr"}"#,
            started: 1_795_903_200
        )
        _ = try await ledger.job(record.id)
        _ = try await ledger.emptyTrash(keptBefore: record.started - 2_592_000)
        try await ledger.begin(record)
        _ = try await ledger.pendingSafe(in: library)
        _ = try await ledger.openBatches(in: library)
    }

    /// Takes in the next rows, and brings as many on their way as are enough for batches and confirmations.
    ///
    /// - Parameter group: The portraits of the rows, at most ``groupLength``, in the order of their numbers.
    /// - Throws: `LedgerError`.
    public mutating func admit(_ group: [MadeUpPortrait]) async throws {
        let registrations = try await ledger.register(group.map(\.row), in: record.id)
        precondition(registrations.allSatisfy { $0 == .open }, "made-up rows are new")
        _ = try await ledger.known(group.map(\.item.imgID), in: library)
        admitted += group
        while admitted.count >= Self.batchLength { try await send(Self.batchLength) }
    }

    /// Sends and confirms what is left, and ends the job as the command does, its report read.
    ///
    /// - Throws: `LedgerError`.
    public mutating func finish() async throws {
        if !admitted.isEmpty { try await send(admitted.count) }
        try await confirm()
        let unsettled = try await ledger.unsettledCount(of: record.id)
        precondition(unsettled == 0, "every row has its outcome")
        try await ledger.end(record.id, .finished, message: "", seconds: 1)
        _ = try await ledger.job(record.id)
        _ = try await ledger.outcomes(of: record.id)
        var cursor: ResultCursor?
        repeat {
            cursor = try await ledger.results(of: record.id, after: cursor, limit: Self.pageLength).next
        } while cursor != nil
    }

    /// Compares pictures with earlier ones (`Packing`) and records a request before it would leave (`Uploader`).
    private mutating func send(_ count: Int) async throws {
        let portraits = Array(admitted.prefix(count))
        admitted.removeFirst(count)
        _ = try await ledger.recordPictures(
            portraits.map(\.picture),
            nearness: PictureHash.sameLimit,
            in: record.id
        )
        let batch = UUIDText.make(&batchNumbers)
        try await ledger.open(
            BatchRecord(id: batch, job: record.id, library: library, items: portraits.map(\.item))
        )
        openBatches.append(batch)
        claimed += portraits
        if claimed.count >= Self.confirmationLength { try await confirm() }
    }

    /// Settles what was read back (`Confirmation`).
    private mutating func confirm() async throws {
        try await ledger.learn(claimed.map(\.known), in: library)
        try await ledger.settle(
            claimed.map { Settlement(key: $0.row.key, outcome: .stored) },
            in: record.id
        )
        try await ledger.close(batches: openBatches)
        claimed.removeAll(keepingCapacity: true)
        openBatches.removeAll(keepingCapacity: true)
    }
}
