// SPDX-License-Identifier: Apache-2.0
public import FaceModel

/// What `facelib explain` prints.
public enum ExplainText {
    /// A reason with its meaning, its advice and the device codes that lead to it, several lines without a final newline.
    ///
    /// - Parameter reason: The reason asked about.
    /// - Returns: Text for a terminal.
    public static func text(for reason: Reason) -> String {
        var lines = [
            reason.rawValue, "", "  What it means    \(reason.meaning)", "  What to do       \(reason.advice)",
        ]
        if let codes = codes(of: reason) { lines.append("  Device codes     \(codes)") }
        return lines.joined(separator: "\n")
    }

    /// Every reason with its meaning, one a line, without a final newline.
    public static var list: String {
        let width = Reason.allCases.map(\.rawValue.count).max() ?? 0
        return Reason.allCases.map { reason in
            reason.rawValue + String(repeating: " ", count: width - reason.rawValue.count + 2) + reason.meaning
        }.joined(separator: "\n")
    }

    /// The codes are asked of the model one by one, so that they stand in one place only.
    private static func codes(of reason: Reason) -> String? {
        if reason == .deviceRefused { return "every code that has no reason of its own" }
        let codes = (1...lowestCode).map { -$0 }.filter { Reason(deviceCode: $0) == reason }
        return codes.isEmpty ? nil : codes.map { String($0) }.joined(separator: ", ")
    }

    /// No code of a device (interface, appendix A) is below the negative of this.
    private static let lowestCode = 9_999
}
