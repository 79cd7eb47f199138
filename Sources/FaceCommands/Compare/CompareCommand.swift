// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceLedger
internal import FaceModel
internal import FaceReport
internal import FaceTransfer

/// `facelib compare`: the differences of two libraries, changing nothing.
struct CompareCommand: FacelibCommand {
    static let configuration = CommandConfiguration(
        commandName: "compare",
        abstract: "Tell the differences of two libraries, changing nothing.",
        discussion: """
            Each portrait gets a line: = the same in both, + only in A, - only in B, * different, ! could not be \
            read. With --quiet, portraits that are the same get none. DEVICE: compares all libraries by name.

            \(ExitStatus.table(.unreachable, .refused, .different, .locked))
            """
    )

    @Argument(help: ArgumentHelp("DEVICE:LIBRARY, DEVICE:, REPO@SNAPSHOT, a folder, a .csv or a .zip.", valueName: "a"))
    var first: String

    @Argument(help: ArgumentHelp("Likewise.", valueName: "b"))
    var second: String

    @Flag(help: "Read everything again, whatever is known from earlier runs.")
    var full = false

    @OptionGroup var opening: RepositoryOptions
    @OptionGroup var text: EncodingOption

    @Option(help: ArgumentHelp("Write results.csv and summary.json there.", valueName: "dir"))
    var report: String?

    @OptionGroup(title: "Common options") var global: GlobalOptions

    func run(_ invocation: Invocation) async throws -> ExitStatus {
        let ledger = try invocation.openLedger()
        let scratch = try invocation.stateDirectory()
        let addresses = (try invocation.address(first), try invocation.address(second))
        let teller = try ComparisonTeller(
            console: invocation.console,
            summary: ComparisonSummary(first: first, second: second),
            report: report
        )
        let doubts = try await invocation.withDevices([addresses.0, addresses.1].compactMap(\.deviceName)) { devices in
            let places = LibraryPlaces(
                invocation: invocation,
                devices: devices,
                access: opening.access,
                encoding: text.encoding
            )
            var doubts: [String] = []
            for pair in try await places.pairs((first, addresses.0), (second, addresses.1)) {
                let job = CompareJob(
                    first: pair.0,
                    second: pair.1,
                    ledger: ledger,
                    scratch: scratch,
                    readsEverything: full,
                    workers: Workers.count,
                    clock: invocation.context.clock
                )
                let remarks = try await job.run(teller.tell)
                remarks.notices.forEach(invocation.console.notice)
                doubts += remarks.doubts
            }
            return doubts
        }
        let summary = try teller.finish()
        for doubt in doubts { invocation.console.warn("there may be portraits that were not compared: \(doubt)") }
        return Self.status(summary, isDoubtful: !doubts.isEmpty)
    }

    /// 0 only when both libraries are proved to be equal.
    static func status(_ summary: ComparisonSummary, isDoubtful: Bool) -> ExitStatus {
        func has(_ mark: ComparisonMark) -> Bool { summary.marks[mark, default: 0] > 0 }
        if has(.onlyInFirst) || has(.onlyInSecond) || has(.different) { return .different }
        return has(.unreadable) || isDoubtful ? .failed : .success
    }
}
