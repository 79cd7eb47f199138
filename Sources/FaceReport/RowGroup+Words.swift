// SPDX-License-Identifier: Apache-2.0
import FaceModel

extension RowGroups.Group {
    /// The reason's code, as `facelib explain` takes it.
    var code: String { reason?.rawValue ?? heading.word }

    /// What the reason means.
    var meaning: String { reason?.meaning ?? "No reason was given." }

    /// What to do about it; empty without a reason.
    var advice: String { reason?.advice ?? "" }

    /// The group's place on the page.
    var anchor: String { "\(heading.word)-\(code)" }

    /// The style class that gives the group's colour.
    var color: String { heading.word }
}

extension Heading {
    /// The heading in one word.
    var word: String {
        switch self {
        case .rejected: "rejected"
        case .failed: "failed"
        case .duplicate: "duplicate"
        case .warning: "warning"
        }
    }

    /// The heading over its rows on the page.
    var title: String {
        switch self {
        case .rejected: "Rejected"
        case .failed: "Failed"
        case .duplicate: "Duplicates"
        case .warning: "Warnings"
        }
    }

    /// The file that lists all of its rows.
    var file: String { isHandedBack ? "rejected.csv" : "results.csv" }

    /// What the heading's rows have in common.
    ///
    /// - Parameter rehearsal: Whether nothing was to be changed.
    /// - Returns: One or two sentences.
    func lead(rehearsal: Bool) -> String {
        switch self {
        case .rejected:
            rehearsal
                ? "These cannot be stored as they are. Put them right as advised and check again."
                : "These cannot be stored as they are. Put them right as advised and run the same command again: "
                    + "what is stored already is not sent twice."
        case .failed:
            "Nothing is wrong with these; something got in the way. facelib job resume takes them up again."
        case .duplicate:
            "The earlier row of each was used; these were passed over."
        case .warning:
            rehearsal
                ? "These would go through, but something about them is worth a look."
                : "These went through, but something about them is worth a look."
        }
    }
}
