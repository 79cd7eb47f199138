// SPDX-License-Identifier: Apache-2.0

/// Why one portrait did not go through: a value that flows with its row, thrown only inside a stage.
public struct Rejection: Error, Hashable, Sendable {
    /// The most characters of a detail: what strangers' files and devices say goes into terminals and reports.
    public static let longestDetail = 400

    /// The stable reason.
    public var reason: Reason
    /// What was found in this case, in one sentence on one line without a full stop; may be empty.
    public var detail: String
    /// The device's own code, when the device spoke.
    public var deviceCode: Int?

    /// Records a reason with what was found.
    ///
    /// - Parameters:
    ///   - reason: The stable reason.
    ///   - detail: What was found in this case; cut short beyond ``longestDetail``, and without control characters.
    ///   - deviceCode: The device's code, when it spoke.
    public init(_ reason: Reason, _ detail: String = "", deviceCode: Int? = nil) {
        self.reason = reason
        self.detail = detail.onOneLine(atMost: Self.longestDetail)
        self.deviceCode = deviceCode
    }
}
