// SPDX-License-Identifier: Apache-2.0

/// A JSON value that the simulator sends; members keep their order.
indirect enum ReplyValue: Sendable {
    case null
    case integer(Int)
    case decimal(Double)
    case text(String)
    case list([ReplyValue])
    case object([(String, ReplyValue)])
}

/// What a message answers, before quirks decide how it looks on the wire.
enum Reply: Sendable {
    /// Code 0; `nil` is the empty data of a message without result.
    case success(ReplyValue? = nil)
    /// The envelope of 1903: its members stand at top level (G9).
    case bare([(String, ReplyValue)])
    /// A refusal.
    case failure(DeviceFault)
    /// A refusal in the envelope of 1903 (G9).
    case bareFailure(message: Int, DeviceFault)

    /// The code that the caller gets.
    var code: ReturnCode {
        switch self {
        case .success, .bare: .success
        case .failure(let fault), .bareFailure(_, let fault): fault.code
        }
    }
}
