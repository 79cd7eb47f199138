// SPDX-License-Identifier: Apache-2.0
import ArgumentParser
import FacePipeline
import Synchronization
import Testing

@testable import FaceCommands

@Suite(.timeLimit(.minutes(20))) struct ProgressTests {
    private static let early = ProgressCounts(found: 120, prepared: 80, sent: 60, confirmed: 40, rejected: 2)
    private static let late = ProgressCounts(
        found: 2000,
        total: 2000,
        prepared: 1500,
        sent: 1400,
        confirmed: 1200,
        unchanged: 30,
        rejected: 17,
        failed: 1
    )

    @Test(
        arguments: [
            (early, nil, 200, "120 found, 80 prepared, 60 sent, 40 confirmed, 2 rejected"),
            (early, 2.04, 200, "120 found, 80 prepared, 60 sent, 40 confirmed, 2 rejected, 2.0/s"),
            (early, 0.02, 200, "120 found, 80 prepared, 60 sent, 40 confirmed, 2 rejected, 1/min"),
            (
                late, 10.4, 200,
                "62%, 2000 of 2000 found, 1500 prepared, 1400 sent, 1200 confirmed, 30 unchanged, 17 rejected, 1 failed, 10/s, 1:13 left"
            ),
            (late, 0.1, 80, "62%, 1200 confirmed, 30 unchanged, 17 rejected, 1 failed, 0.1/s, 2:05:20 left"),
            (late, 10.4, 42, "62%, 1200 confirmed, 17 rejected, 1 failed"),
            (late, 10.4, 20, "62%, 1200 confirmed"),
            (late, 10.4, 2, "62"),
        ] as [(ProgressCounts, Double?, Int, String)]
    )
    func theLineFitsItsWidth(counts: ProgressCounts, rate: Double?, width: Int, line: String) {
        let text = ProgressLine(counts, rate: rate).text(fitting: width)
        #expect(text == line)
        #expect(text.displayWidth <= width)
    }

    @Test func theRateFollowsTheLastSeconds() {
        var rate = ProgressRate()
        rate.note(0, at: .zero)
        #expect(rate.perSecond == nil)
        for second in 1...60 { rate.note(second * 10, at: .seconds(second)) }
        #expect(rate.perSecond == 10)
        for second in 61...90 { rate.note(600 + (second - 60) * 2, at: .seconds(second)) }
        #expect(rate.perSecond == 2)
    }

    /// A job whose rows are confirmed by the two hundred, about once a minute, looked at every second.
    @Test func theTimeThatIsLeftRunsDownAndDoesNotJump() throws {
        var rate = ProgressRate()
        var left: [Double?] = []
        var (reached, next, second) = (0, 0, 0)
        while reached < 10_000 {
            if second == next {
                reached += second == 0 ? 0 : 200
                next += [55, 62, 60, 58, 65][second % 5]
            }
            rate.note(reached, at: .seconds(second))
            left.append(rate.perSecond.map { Double(10_000 - reached) / $0 - rate.waited })
            second += 1
        }
        // It takes two steps to tell; from then on it is told at every moment.
        let told = Array(left.drop { $0 == nil })
        #expect(told.count > left.count - 130)
        #expect(!told.contains(nil))
        let times = told.compactMap(\.self)
        for (before, after) in zip(times, times.dropFirst()) { #expect(abs(after - before) < 30) }
        try #require(times.count > 3)
        for quarter in 1...3 {
            let place = times.count * quarter / 4
            #expect(abs(times[place] - Double(times.count - place)) < 60)
        }
    }

    @Test func aJobThatHasStalledIsSaidToTakeLonger() throws {
        var rate = ProgressRate()
        for second in 0...60 { rate.note(second * 10, at: .seconds(second)) }
        let before = try #require(rate.perSecond)
        rate.note(600, at: .seconds(120))
        #expect(try #require(rate.perSecond) < before / 3)
    }

    @Test func rowsThatAreOnlyToBeConfirmedCountAsDoneButNotAsAll() {
        var counts = ProgressCounts(found: 400, total: 400, prepared: 400, sent: 200, unconfirmed: 200)
        #expect(ProgressLine(counts, rate: 10).text().hasPrefix("50%, "))
        #expect(ProgressLine(counts, rate: 10).text().hasSuffix(", 10/s, 0:20 left"))
        #expect(ProgressLine(counts, rate: 10, waited: 5).text().hasSuffix(", 10/s, 0:15 left"))
        (counts.confirmed, counts.unconfirmed) = (200, 200)
        #expect(ProgressLine(counts, rate: 10).text().hasPrefix("99%, "))
        (counts.confirmed, counts.unconfirmed) = (400, 0)
        #expect(ProgressLine(counts, rate: 10).text().hasPrefix("100%, "))
    }

    @Test func aLogGetsALineEveryTenSecondsAndEveryTenth() {
        var schedule = ProgressSchedule()
        var counts = ProgressCounts()
        #expect((1...35).filter { schedule.isDue(counts, at: .seconds($0)) } == [10, 20, 30])
        counts.total = 100
        let due = (36...39).filter { second in
            counts.confirmed = second
            return schedule.isDue(counts, at: .seconds(second))
        }
        #expect(due == [36])
        counts.confirmed = 40
        let next = schedule.isDue(counts, at: .seconds(40))
        #expect(next)
    }

    @Test func theLiveLineIsRedrawnAndTakenAway() async throws {
        let harness = Streams(errorsTerminal: true, columns: 30)
        let invocation = harness.invocation(GlobalOptions.parsing())
        let calls = Mutex(0)
        try await invocation.withProgress {
            calls.withLock { $0 += 1 }
            return Self.early
        } _: {
            while calls.withLock({ $0 }) < 5 { await Task.yield() }
            invocation.console.say("a message")
            while calls.withLock({ $0 }) < 9 { await Task.yield() }
        }
        let text = harness.errors.text
        #expect(
            text.contains("\r40 confirmed, 2 rejected\u{1B}[K") || text.contains("\r120 found, 40 confirmed\u{1B}[K")
        )
        #expect(text.contains("\r\u{1B}[Ka message\n"))
        #expect(text.hasSuffix("\r\u{1B}[K"))
    }

    @Test(arguments: [
        (["--quiet"], true, false, ProgressDisplay.Mode.none), (["--no-progress"], true, false, .none),
        ([], true, false, .live), ([], true, true, .live), ([], false, false, .plain), (["--json"], true, true, .none),
        (["--json"], true, false, .live), (["--json"], false, false, .plain),
    ])
    func theSurroundingsDecideHowProgressIsShown(
        flags: [String],
        errorsTerminal: Bool,
        outputTerminal: Bool,
        mode: ProgressDisplay.Mode
    ) throws {
        let streams = Streams(errorsTerminal: errorsTerminal, outputTerminal: outputTerminal, columns: nil)
        #expect(ProgressDisplay.mode(try GlobalOptions.parse(flags), in: streams.context) == mode)
    }
}

extension GlobalOptions {
    static func parsing(_ flags: String...) -> GlobalOptions { (try? parse(flags)) ?? GlobalOptions() }
}

/// Streams alone, for what is below commands.
struct Streams {
    let output = Captured()
    let errors = Captured()
    let context: CommandContext

    init(errorsTerminal: Bool = false, outputTerminal: Bool = false, columns: Int? = nil) {
        let (output, errors) = (output, errors)
        context = CommandContext(
            environment: { _ in nil },
            output: TextSink(isTerminal: outputTerminal) { output.append($0) },
            errors: TextSink(isTerminal: errorsTerminal, columns: { columns }, write: { errors.append($0) }),
            input: TypedInput(isTerminal: false) { nil },
            devices: FakeDevices(),
            clock: ImmediateClock(),
            now: { 0 }
        )
    }

    func invocation(_ options: GlobalOptions) -> Invocation { Invocation(context: context, options: options) }
}
