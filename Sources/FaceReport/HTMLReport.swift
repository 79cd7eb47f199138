// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// `report.html`: what happened, and what to do about it, for the person whose photos they are.
///
/// One file without scripts and without anything from elsewhere; its own policy forbids both.
struct HTMLReport {
    /// Until how many rows are listed in all.
    static let rowsInAll = 2_000
    /// How many rows of each reason are listed in any case.
    static let rowsOfEachReason = 25
    /// How many pictures are embedded.
    static let picturesInAll = 500

    let summary: JobSummary
    let groups: RowGroups

    /// Writes the page.
    func write(
        to file: PartialFile,
        picture: @escaping @Sendable (RowResult) async -> [UInt8]?
    ) async throws {
        try file.write(head)
        try file.write(masthead)
        try file.write(numbers)
        try file.write(overview)
        try await writeRejected(to: file, picture: picture)
        try file.write(tables(.failed))
        try file.write(tables(.duplicate))
        try file.write(tables(.warning))
        try file.write(foot)
    }

    private var head: String {
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; img-src data:; \
        style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <meta name="robots" content="noindex">
        <title>\(HTMLText.escaped("\(title): \(verdict)"))</title>
        <style>
        \(HTMLStyle.sheet)
        </style>
        </head>
        <body>
        <main>

        """
    }

    private var masthead: String {
        var facts = [("Source", summary.source)]
        if let target = summary.target { facts.append(("Destination", target)) }
        if let began = summary.began { facts.append(("Started", began)) }
        facts += [("Took", Figures.duration(summary.seconds)), ("Job", summary.job), ("Run in", summary.directory)]
        let list = facts.map { "<div><dt>\($0.0)</dt><dd>\(HTMLText.isolated($0.1))</dd></div>" }
        return """
            <header>
            <p class="kind">facelib · \(HTMLText.escaped(title))</p>
            <h1>\(HTMLText.escaped(verdict))</h1>
            <dl class="facts">
            \(list.joined(separator: "\n"))
            </dl>
            </header>

            """
    }

    private var title: String {
        let command = summary.command.prefix(1).uppercased() + summary.command.dropFirst()
        return command + (summary.isRehearsal && summary.command != "check" ? " report (dry run)" : " report")
    }

    private var verdict: String {
        let did = summary.isRehearsal ? "would" : "did"
        if summary.total == 0 { return "The source has no rows" }
        if summary.held > 0 {
            return "\(Figures.grouped(summary.held)) of \(Figures.rows(summary.total)) \(did) not go through"
        }
        let all = summary.total == 1 ? "The only row" : "All \(Figures.rows(summary.total))"
        return summary.isRehearsal ? "\(all) would go through" : "\(all) went through"
    }

    /// The counts as tiles, and as a bar in proportion.
    private var numbers: String {
        let counted = Outcome.readingOrder.compactMap { outcome in
            summary.outcomes[outcome].flatMap { $0 > 0 ? (outcome, $0) : nil }
        }
        let bar = counted.map { outcome, count in
            "<span class=\"\(outcome.rawValue)\" style=\"flex-grow:\(count)\" "
                + "title=\"\(Figures.grouped(count)) \(outcome.rawValue)\"></span>"
        }
        let tiles = counted.map { outcome, count in
            """
            <li><b>\(Figures.grouped(count))</b><span class="word"><i class="\(outcome.rawValue)"></i>\
            \(outcome.rawValue)</span><small>\(outcome.gloss)</small></li>
            """
        }
        if counted.isEmpty { return "" }
        return """
            <section class="numbers" aria-label="Outcomes">
            <div class="bar" aria-hidden="true">\(bar.joined())</div>
            <ul class="tiles">
            \(tiles.joined(separator: "\n"))
            </ul>
            </section>

            """
    }

    /// The reasons with their counts, each a link to its rows.
    private var overview: String {
        let reasons = Heading.allCases.flatMap { groups.of($0) }
        guard reasons.count > 2, let most = reasons.map(\.count).max() else { return "" }
        let lines = reasons.map { group in
            """
            <tr><td class="count">\(Figures.grouped(group.count))</td>\
            <td class="share"><span class="\(group.color)" style="width:\(max(group.count * 100 / most, 1))%"></span></td>\
            <td><a href="#\(group.anchor)">\(HTMLText.escaped(group.meaning))</a> \
            <span class="tag">\(group.heading.word)</span></td></tr>
            """
        }
        return """
            <nav aria-label="Reasons">
            <h2>At a glance</h2>
            <table class="glance">
            \(lines.joined(separator: "\n"))
            </table>
            </nav>

            """
    }

    private var foot: String {
        """
        </main>
        <footer>
        <p>All rows are in <a href="results.csv">results.csv</a>, those that did not go through in \
        <a href="rejected.csv">rejected.csv</a>, the numbers in <a href="summary.json">summary.json</a>.</p>
        <p>This page holds names and pictures of people. Keep it as you keep the photos themselves, \
        and delete it when it has served its purpose.</p>
        </footer>
        </body>
        </html>

        """
    }
}
