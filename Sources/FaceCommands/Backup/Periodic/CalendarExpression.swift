// SPDX-License-Identifier: Apache-2.0

/// A calendar expression of systemd (systemd.time(7)) in one of its usual forms.
///
/// It decides where `systemd-analyze` is not there: what it takes, systemd takes. Rare forms are refused.
enum CalendarExpression {
    private static let words: Set = [
        "minutely", "hourly", "daily", "weekly", "monthly", "quarterly", "semiannually", "yearly", "annually",
    ]
    private static let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

    /// Whether a text is an expression: `[days] [date] [time] [zone]`, or one of systemd's words.
    static func isValid(_ text: String) -> Bool {
        var parts = text.split(separator: " ").map(String.init)[...]
        if let last = parts.last, parts.count > 1, last == "UTC" || isZone(last) { parts.removeLast() }
        guard let first = parts.first else { return false }
        if parts.count == 1 && words.contains(first.lowercased()) { return true }
        if isDays(first) { parts.removeFirst() }
        if let date = parts.first, !date.contains(":") {
            guard isDate(date) else { return false }
            parts.removeFirst()
        }
        if let time = parts.first {
            guard isTime(time) else { return false }
            parts.removeFirst()
        }
        return parts.isEmpty
    }

    /// What is wrong with an expression that looks as one of cron's: how it is written for systemd, as far as that can be said.
    ///
    /// - Parameter text: What was typed.
    /// - Returns: The end of a sentence, `nil` where it looks like no line of cron.
    static func adviceForCron(_ text: String) -> String? {
        let fields = text.split(separator: " ").map(String.init)
        if text.hasPrefix("@"), fields.count == 1 {
            let word = String(text.dropFirst())
            return words.contains(word) ? "cron's \(text) is written \"\(word)\"" : nil
        }
        let isCron = fields.allSatisfy { $0.allSatisfy { $0.isNumber || "*/,-".contains($0) || $0.isLetter } }
        guard fields.count == 5, isCron else { return nil }
        let told = "that is how cron says it; systemd says the day and then the time, such as \"Mon..Fri 02:00\""
        guard let minute = Int(fields[0]), let hour = Int(fields[1]), (0..<60).contains(minute),
            (0..<24).contains(hour),
            fields[3] == "*", let date = date(ofCron: fields[2]), let days = days(ofCron: fields[4])
        else { return told }
        let time = "\(hour < 10 ? "0" : "")\(hour):\(minute < 10 ? "0" : "")\(minute):00"
        return "cron's \(text) is written \"\(days)\(date) \(time)\""
    }

    private static func date(ofCron day: String) -> String? {
        if day == "*" { return "*-*-*" }
        guard let number = Int(day), (1...31).contains(number) else { return nil }
        return "*-*-\(number < 10 ? "0" : "")\(number)"
    }

    private static func days(ofCron field: String) -> String? {
        if field == "*" { return "" }
        let names = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        let ends = field.split(separator: "-").map { end in
            Int(end).flatMap { names.indices.contains($0) ? names[$0] : nil }
        }
        guard (1...2).contains(ends.count), ends.allSatisfy({ $0 != nil }) else { return nil }
        return ends.compactMap(\.self).joined(separator: "..") + " "
    }

    private static func isDays(_ text: String) -> Bool {
        text.lowercased().split(separator: ",", omittingEmptySubsequences: false).allSatisfy { item in
            let ends = String(item).pieces(by: "..")
            return ends.count <= 2 && ends.allSatisfy { end in days.contains { $0 == end || $0.prefix(3) == end } }
        }
    }

    private static func isDate(_ text: String) -> Bool {
        // A tilde in the place of the last hyphen counts the days from the end of the month.
        let parts = text.split(omittingEmptySubsequences: false) { $0 == "-" || $0 == "~" }.map(String.init)
        if let tilde = text.firstIndex(of: "~"),
            text[text.index(after: tilde)...].contains(where: { "-~".contains($0) })
        {
            return false
        }
        let ranges: [ClosedRange<Int>] = [1970...2199, 1...12, 1...31]
        guard (2...3).contains(parts.count) else { return false }
        return zip(parts, ranges.suffix(parts.count)).allSatisfy { isPart($0, in: $1) }
    }

    private static func isTime(_ text: String) -> Bool {
        let parts = text.split(separator: ":", omittingEmptySubsequences: false).map(String.init)
        guard (2...3).contains(parts.count) else { return false }
        return zip(parts, [0...23, 0...59, 0...59]).allSatisfy { isPart($0, in: $1) }
    }

    /// A number, a range, or `*`, each perhaps repeated (`/`), and lists of them.
    private static func isPart(_ text: String, in range: ClosedRange<Int>) -> Bool {
        text.split(separator: ",", omittingEmptySubsequences: false).allSatisfy { item in
            let halves = item.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            guard halves.count <= 2, let first = halves.first else { return false }
            if halves.count == 2, !(number(halves[1]).map { $0 > 0 } ?? false) { return false }
            if first == "*" { return true }
            let ends = first.pieces(by: "..").map(number)
            guard ends.count <= 2, ends.allSatisfy({ end in end.map { range.contains($0) } ?? false }) else {
                return false
            }
            return ends.count == 1 || (ends[0] ?? 0) <= (ends[1] ?? 0)
        }
    }

    private static func number(_ text: String) -> Int? {
        text.allSatisfy { $0.isASCII && $0.isNumber } && text.count <= 4 ? Int(text) : nil
    }

    private static func isZone(_ text: String) -> Bool {
        text.contains("/") && text.first?.isLetter == true && !text.contains(":")
            && text.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "/_+-".contains($0)) }
    }
}

extension String {
    /// What stands between the places where another text stands.
    fileprivate func pieces(by separator: String) -> [String] {
        var pieces = [""]
        var rest = self[...]
        while let character = rest.first {
            if rest.hasPrefix(separator) {
                pieces.append("")
                rest = rest.dropFirst(separator.count)
            } else {
                pieces[pieces.count - 1].append(character)
                rest = rest.dropFirst()
            }
        }
        return pieces
    }
}
