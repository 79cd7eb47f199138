// SPDX-License-Identifier: Apache-2.0

/// Writes replies as JSON; the one place where quirks change how a reply looks.
struct ReplyEncoder: Sendable {
    let quirks: Quirks

    /// The body of a reply.
    func encode(_ reply: Reply) -> [UInt8] {
        var writer = JSONWriter(looseTypes: quirks[.looseTypes])
        switch reply {
        case .success(let data): writer.members(envelope(.success, data ?? quirks.emptyData))
        case .bare(let members):
            writer.members((quirks[.resultAlsoCode] ? [("code", .integer(0))] : []) + members)
        case .bareFailure(let message, let fault):
            writer.members([("msg_id", .text(String(message))), ("result", .integer(number(fault.code)))])
        case .failure(let fault):
            let data = quirks[.failureWithoutData] ? nil : fault.data ?? quirks.emptyData
            writer.members(envelope(fault.code, data))
        }
        return writer.bytes
    }

    /// The HTTP status of a reply (G4).
    func status(_ reply: Reply) -> Int {
        if quirks[.httpStatusAuth], reply.code == quirks.sessionCode { return 401 }
        if quirks[.httpStatusError], reply.code == .internalError { return 500 }
        return 200
    }

    private func envelope(_ code: ReturnCode, _ data: ReplyValue?) -> [(String, ReplyValue)] {
        var members: [(String, ReplyValue)] = [("code", .integer(number(code)))]
        if let data { members.append(("data", data)) }
        members.append(("msg", .text(quirks[.emptyMsg] ? "" : code.text)))
        return members
    }

    private func number(_ code: ReturnCode) -> Int {
        if quirks[.unknownCode], code == .message || code == .parameter { return -1 }
        if quirks[.codeTyposFixed], code == .internalError { return -3624 }
        return code.rawValue
    }
}
