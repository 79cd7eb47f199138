// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
import FaceRepository

/// `facelib backup prune`: removes snapshots that need not be kept, and what only they have.
struct BackupPruneCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "prune",
        abstract: "Remove snapshots that a policy does not keep, and the images that no other has.",
        discussion: """
            The policy counts for each library by itself; a snapshot stays that any of the rules keeps. A pruning that \
            was stopped is finished by the next one.

            \(ExitStatus.table(.refused, .different, .locked))
            """
    )

    @Argument(help: ArgumentHelp("The folder of the repository.", valueName: "repo"))
    var repository: String

    @OptionGroup var opening: RepositoryOptions

    @Option(help: ArgumentHelp("Keep the newest so many.", valueName: "n"))
    var keepLast = 0

    @Option(help: ArgumentHelp("Keep the newest of each of so many days.", valueName: "n"))
    var keepDaily = 0

    @Option(help: ArgumentHelp("Keep the newest of each of so many weeks.", valueName: "n"))
    var keepWeekly = 0

    @Option(help: ArgumentHelp("Keep the newest of each of so many months.", valueName: "n"))
    var keepMonthly = 0

    @Option(
        help: ArgumentHelp("Remove this snapshot in any case; alone, no other. May be repeated.", valueName: "id")
    )
    var forget: [String] = []

    @Flag(help: "Remove nothing; tell what would be.")
    var dryRun = false

    @OptionGroup(title: "Common options") var global: GlobalOptions

    mutating func validate() throws {
        guard [keepLast, keepDaily, keepWeekly, keepMonthly].allSatisfy({ $0 >= 0 }) else {
            throw ValidationError("--keep-last, --keep-daily, --keep-weekly and --keep-monthly take numbers from 0.")
        }
        if policy.isEmpty {
            throw ValidationError(
                "Without a policy every snapshot would be removed; say what to keep, such as --keep-daily 7."
            )
        }
    }

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let ledger = try invocation.openLedger()
        let opened = try invocation.openRepository(
            repository,
            opening.access,
            for: dryRun ? .reading : .writing
        )
        if !dryRun {
            try await Erasure(repository: opened, ledger: ledger)
                .finishPending(at: Double(invocation.context.now()), warn: invocation.console.warn)
        }
        let pruning = Pruning(
            repository: opened,
            policy: policy,
            ledger: ledger,
            isRehearsal: dryRun,
            at: Double(invocation.context.now())
        )
        if dryRun { invocation.warnOfTheFuture(opened) }
        let end = try await pruning.run()
        for problem in end.problems { invocation.console.warn(problem) }
        try invocation.console.answer(Pruned(end: end, isRehearsal: dryRun))
        return end.problems.isEmpty ? .success : .failed
    }

    private var policy: RetentionPolicy {
        RetentionPolicy(
            last: keepLast,
            daily: keepDaily,
            weekly: keepWeekly,
            monthly: keepMonthly,
            forgotten: Set(forget)
        )
    }

    private struct Pruned: Answer {
        let end: Pruning.End
        let isRehearsal: Bool

        var lines: [String] {
            let would = isRehearsal ? "would be " : ""
            let freed = ByteText.of(max(0, end.bytesBefore - end.bytesAfter))
            return end.removed.map { "\($0.title): \(would)removed" } + [
                "\(count(end.removed.count, "snapshot")) \(would)removed, \(end.kept.count) kept; "
                    + "\(count(end.images, "image")) and \(freed) \(would)freed."
            ]
        }

        var json: JSONValue {
            [
                "type": "pruned", "dry_run": .bool(isRehearsal),
                "removed": .array(end.removed.map { .string($0.id) }),
                "kept": .array(end.kept.map { .string($0.id) }), "images": JSONValue(end.images),
                "bytes_before": JSONValue(end.bytesBefore), "bytes_after": JSONValue(end.bytesAfter),
            ]
        }
    }
}
