// SPDX-License-Identifier: Apache-2.0
import FaceLedger
import FaceModel
import Foundation
import Testing

@testable import FaceCommands

@Suite(.timeLimit(.minutes(20))) struct JobCommandTests {
    private static func job(
        _ state: JobState = .finished,
        rows: Int = 1,
        options: String = #"{"dry_run":false}"#
    ) -> JobRecord {
        JobRecord(
            id: "20261122-101502-3f",
            command: "import",
            source: "new",
            target: "hq:Staff",
            directory: "/home/hr",
            options: options,
            state: state,
            started: 1,
            rows: rows
        )
    }

    private static func lines(_ job: JobRecord, _ outcomes: [Outcome: Int]) -> [String] {
        JobAnswer(job: job, outcomes: outcomes, isWhole: true).lines
    }

    @Test(arguments: [(0, "0 rows"), (1, "1 row"), (2, "2 rows")]) func rowsAreCountedInWords(rows: Int, words: String)
    {
        let line = JobAnswer(job: Self.job(rows: rows), outcomes: [:]).lines[0]
        #expect(line == "20261122-101502-3f  import  finished  \(words)  new → hq:Staff")
    }

    @Test func aDryRunIsMarked() {
        let answer = JobAnswer(job: Self.job(options: #"{"dry_run":true}"#), outcomes: [:])
        #expect(answer.lines[0].contains("  import (dry run)  finished  "))
        #expect(answer.json["dry_run"] == .bool(true))
        #expect(JobAnswer(job: Self.job(), outcomes: [:]).json["dry_run"] == .bool(false))
        #expect(!JobAnswer(job: Self.job(options: "{}"), outcomes: [:]).lines[0].contains("dry run"))
    }

    @Test(
        arguments: [
            (JobState.running, 3, [Outcome.stored: 3], true), (.interrupted, 3, [.stored: 1], true),
            (.stopped, 3, [.stored: 1], true), (.stopped, 0, [:], false), (.stopped, 2, [.stored: 2], false),
            (.finished, 3, [.stored: 2, .failed: 1], true), (.finished, 3, [.stored: 2, .rejected: 1], false),
        ] as [(JobState, Int, [Outcome: Int], Bool)]
    )
    func resumeIsAdvisedWhereItHasSomethingToDo(
        state: JobState,
        rows: Int,
        outcomes: [Outcome: Int],
        isAdvised: Bool
    ) {
        let lines = Self.lines(Self.job(state, rows: rows), outcomes)
        #expect(lines.contains("  facelib job resume 20261122-101502-3f continues it") == isAdvised)
    }

    @Test func aCheckTellsAllFaultsOfARowAndItsReportDoesOnceMore() async throws {
        let harness = try CommandHarness()
        try FileManager.default.createDirectory(atPath: harness.folder + "/photos", withIntermediateDirectories: true)
        try harness.write("no picture", to: "photos/Ann_E-1_#_x_1000_Oslo.jpg")
        let check = await harness.run("check", harness.folder + "/photos", "--json", "--state", harness.folder)
        #expect(check.status == 3)
        let row = try #require(try check.objects.first)
        let reasons = (row["reasons"] as? [[String: Any]] ?? []).compactMap { $0["reason"] as? String }
        #expect(reasons == ["image.format", "gender.value", "age.range"])
        let id = try #require(try check.objects.last?["job"] as? String)
        let again = await harness.run("job", "report", id, "--json", "--state", harness.folder)
        #expect(try again.objects.first?["reasons"] as? NSArray == row["reasons"] as? NSArray)
        let list = await harness.run("job", "list", "--state", harness.folder)
        #expect(list.output.contains("  check  finished  1 row  "))
    }
}
