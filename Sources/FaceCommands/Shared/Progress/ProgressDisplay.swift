// SPDX-License-Identifier: Apache-2.0
internal import FacePipeline

/// Keeps a person informed while a job runs.
struct ProgressDisplay: Sendable {
    /// How progress is shown.
    enum Mode: Sendable, Hashable {
        /// Not at all.
        case none
        /// As one line of the terminal, redrawn.
        case live
        /// As a line now and then, for logs.
        case plain
    }

    let mode: Mode
    let console: Console
    /// How wide the terminal is, `nil` when unknown.
    let columns: @Sendable () -> Int?

    /// The way to show progress in some surroundings.
    static func mode(_ options: GlobalOptions, in context: CommandContext) -> Mode {
        if options.quiet || options.noProgress { return .none }
        guard context.errors.isTerminal, context.environment("TERM") != "dumb" else { return .plain }
        // JSON lines and a line that is redrawn do not go together on one screen.
        return options.json && context.output.isTerminal ? .none : .live
    }

    /// Shows progress until the task is cancelled.
    ///
    /// - Parameters:
    ///   - clock: What the waits are measured with.
    ///   - counts: Says how far the job is; called up to ten times a second.
    func run<C: Clock>(
        on clock: C,
        counts: @Sendable () async -> ProgressCounts
    ) async where C.Duration == Duration {
        switch mode {
        case .none: return
        case .live: await redraw(on: clock, counts: counts)
        case .plain: await report(on: clock, counts: counts)
        }
    }

    private func redraw<C: Clock>(
        on clock: C,
        counts: @Sendable () async -> ProgressCounts
    ) async where C.Duration == Duration {
        let start = clock.now
        var rate = ProgressRate()
        while await waits(.milliseconds(100), on: clock) {
            let now = await counts()
            rate.note(now.reached, at: start.duration(to: clock.now))
            // The last column stays free: some terminals would break the line there.
            let width = (columns() ?? 80) - 1
            console.showProgress(ProgressLine(now, rate: rate.perSecond, waited: rate.waited).text(fitting: width))
        }
    }

    private func report<C: Clock>(
        on clock: C,
        counts: @Sendable () async -> ProgressCounts
    ) async where C.Duration == Duration {
        let start = clock.now
        var rate = ProgressRate()
        var schedule = ProgressSchedule()
        while await waits(.seconds(1), on: clock) {
            let now = await counts()
            let time = start.duration(to: clock.now)
            rate.note(now.reached, at: time)
            if schedule.isDue(now, at: time) {
                console.notice(ProgressLine(now, rate: rate.perSecond, waited: rate.waited).text())
            }
        }
    }

    private func waits<C: Clock>(_ duration: Duration, on clock: C) async -> Bool where C.Duration == Duration {
        do {
            try await clock.sleep(for: duration)
            return true
        } catch {
            return false
        }
    }
}

/// When a log gets its next line: every ten seconds, and at every tenth of the whole.
struct ProgressSchedule: Sendable {
    private var lastTime = Duration.zero
    private var lastTenth = 0

    /// Makes a schedule that starts now.
    init() {}

    /// Whether a line is due; the next one counts from it.
    mutating func isDue(_ counts: ProgressCounts, at time: Duration) -> Bool {
        let tenth = counts.total.map { $0 > 0 ? counts.reached * 10 / $0 : 0 } ?? 0
        guard time - lastTime >= .seconds(10) || tenth > lastTenth else { return false }
        lastTime = time
        lastTenth = max(tenth, lastTenth)
        return true
    }
}
