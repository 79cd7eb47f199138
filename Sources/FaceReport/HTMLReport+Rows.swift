// SPDX-License-Identifier: Apache-2.0
import FaceModel

extension HTMLReport {
    /// The rejected rows by reason, with their pictures.
    func writeRejected(
        to file: PartialFile,
        picture: @escaping @Sendable (RowResult) async -> [UInt8]?
    ) async throws {
        let rejected = groups.of(.rejected)
        guard !rejected.isEmpty else { return }
        try file.write(opening(.rejected))
        let wishes = rejected.map { $0.hasPictures ? $0.rows.count : 0 }
        var left = Self.picturesInAll
        for (place, group) in rejected.enumerated() {
            try file.write(heading(of: group) + "<ul class=\"cards\">\n")
            // What earlier groups left over goes to those that follow.
            let share = PictureLoading.shares(of: left, among: Array(wishes[place...])).first ?? 0
            let shown = try await writeCards(of: group, share: share, to: file, picture: picture)
            left -= shown
            try file.write("</ul>\n" + remainder(of: group, pictured: shown) + "</section>\n")
        }
        try file.write("</section>\n")
    }

    /// Writes the rows of a group with their pictures, and returns how many of these there were: a row whose picture is
    /// not to be had takes nothing from the others.
    private func writeCards(
        of group: RowGroups.Group,
        share: Int,
        to file: PartialFile,
        picture: @escaping @Sendable (RowResult) async -> [UInt8]?
    ) async throws -> Int {
        var shown = 0
        var rest = group.rows[...]
        while shown < share, !rest.isEmpty {
            let rows = rest.prefix(min(PictureLoading.width, share - shown))
            rest = rest.dropFirst(rows.count)
            let pictures = await PictureLoading.pictures(of: rows, from: picture)
            for (row, picture) in zip(rows, pictures) { try file.write(card(row, frame: frame(picture, of: row))) }
            shown += pictures.count { $0 != nil }
        }
        for row in rest { try file.write(card(row, frame: "")) }
        return shown
    }

    /// The rows of another heading by reason, as tables; `""` where there are none.
    func tables(_ heading: Heading) -> String {
        let groups = groups.of(heading)
        guard !groups.isEmpty else { return "" }
        let sections = groups.map { group in
            self.heading(of: group) + """
                <table class="rows">
                <thead><tr><th>Name</th><th>img_id</th><th>Source</th><th>Finding</th></tr></thead>
                <tbody>
                \(group.rows.map(line).joined())</tbody>
                </table>

                """ + remainder(of: group, pictured: nil) + "</section>\n"
        }
        return opening(heading) + sections.joined() + "</section>\n"
    }

    private func opening(_ heading: Heading) -> String {
        let count = groups.of(heading).reduce(0) { $0 + $1.count }
        return """
            <section class="\(heading.word)">
            <h2>\(heading.title) <span class="tally">\(Figures.grouped(count))</span></h2>
            <p class="lead">\(HTMLText.escaped(heading.lead(rehearsal: summary.isRehearsal)))</p>

            """
    }

    private func heading(of group: RowGroups.Group) -> String {
        var notes = group.advice.isEmpty ? "" : "<p class=\"advice\">\(HTMLText.escaped(group.advice))</p>\n"
        let further =
            group.count == 1
            ? [] : group.furtherCounts.map { "<code>\($0.reason.rawValue)</code> \(Figures.grouped($0.count))" }
        if !further.isEmpty { notes += "<p class=\"more\">Among these also: \(further.joined(separator: ", ")).</p>\n" }
        return """
            <section class="reason" id="\(group.anchor)">
            <h3>\(HTMLText.escaped(group.meaning)) <span class="tally">\(Figures.grouped(group.count))</span> \
            <code>\(group.code)</code></h3>
            \(notes)
            """
    }

    private func remainder(of group: RowGroups.Group, pictured: Int?) -> String {
        var notes: [String] = []
        if let pictured, group.hasPictures, pictured < group.rows.count {
            notes.append(
                "Pictures are shown for \(Figures.grouped(pictured)) of these \(Figures.rows(group.rows.count))."
            )
        }
        if group.others > 0 {
            let file = group.heading.file
            notes.append(
                "\(Figures.rows(group.others)) more with this reason "
                    + "\(group.others == 1 ? "is" : "are") in <a href=\"\(file)\">\(file)</a>."
            )
        }
        return notes.isEmpty ? "" : "<p class=\"more\">\(notes.joined(separator: " "))</p>\n"
    }

    private func frame(_ picture: EmbeddedPicture?, of row: RowResult) -> String {
        guard let picture else { return "<div class=\"frame none\">no picture</div>" }
        let whose = row.name.isEmpty ? row.source : row.name
        return "<div class=\"frame\"><img alt=\"\(HTMLText.escaped(whose))\" src=\"\(picture.address)\"></div>"
    }

    private func card(_ row: RowResult, frame: String) -> String {
        var lines = ["<p class=\"name\">\(name(row))</p>"]
        if !row.imgID.isEmpty { lines.append("<p class=\"id\">\(HTMLText.isolated(row.imgID))</p>") }
        lines.append("<div class=\"finding\">\(finding(row))</div>")
        lines.append("<p class=\"place\">\(place(row))</p>")
        return "<li>\(frame)<div>\(lines.joined())</div></li>\n"
    }

    private func line(_ row: RowResult) -> String {
        let cells = [
            ("name", name(row)), ("id", HTMLText.isolated(row.imgID)), ("place", place(row)), ("finding", finding(row)),
        ]
        return "<tr>" + cells.map { "<td class=\"\($0.0)\">\($0.1)</td>" }.joined() + "</tr>\n"
    }

    private func name(_ row: RowResult) -> String {
        row.name.isEmpty ? "<span class=\"unknown\">name unknown</span>" : HTMLText.isolated(row.name)
    }

    private func place(_ row: RowResult) -> String {
        HTMLText.isolated(row.source) + (row.line.map { ", <span class=\"line\">line \($0)</span>" } ?? "")
    }

    private func finding(_ row: RowResult) -> String {
        HTMLText.isolated(row.detail)
            + device(row.deviceCode) + further(row)
    }

    /// What else was found about a row, each with its own advice.
    private func further(_ row: RowResult) -> String {
        if row.further.isEmpty { return "" }
        let items = row.further.map { found in
            "<li><code>\(found.reason.rawValue)</code> " + HTMLText.isolated(found.detail) + device(found.deviceCode)
                + " <span class=\"hint\">\(HTMLText.escaped(found.reason.advice))</span></li>"
        }
        return "<ul class=\"further\">" + items.joined() + "</ul>"
    }

    private func device(_ code: Int?) -> String {
        code.map { " <span class=\"device\">device code \($0)</span>" } ?? ""
    }
}
