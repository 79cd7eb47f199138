// SPDX-License-Identifier: Apache-2.0

/// The colours of a terminal, or none.
struct Paint {
    let isOn: Bool

    func colored(_ text: String, _ heading: Heading) -> String { painted(text, heading.color) }

    func bold(_ text: String) -> String { painted(text, 1) }

    func quiet(_ text: String) -> String { painted(text, 2) }

    private func painted(_ text: String, _ code: Int) -> String {
        isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}

extension Heading {
    /// What a terminal shows before a reason.
    var mark: String {
        switch self {
        case .rejected: "✗"
        case .failed: "!"
        case .duplicate: "="
        case .warning: "~"
        }
    }

    /// The terminal's code for red, magenta or yellow.
    var color: Int {
        switch self {
        case .rejected: 31
        case .failed: 35
        case .duplicate, .warning: 33
        }
    }
}
