// SPDX-License-Identifier: Apache-2.0

/// The two addresses of the device's interface.
enum Endpoint: Sendable {
    case json
    case form
}

/// One request to the device, whatever way it came.
struct Call: Sendable {
    var endpoint: Endpoint
    /// The `msg_id` field, not yet looked up.
    var message: Int?
    var fields: Fields
    /// The file parts of a form.
    var files: [ReceivedForm.File] = []
    /// The `sessionid` header.
    var sessionID: String?
    /// The host and port that the client asked for.
    var host: String?

    /// Reads a JSON body.
    ///
    /// - Throws: ``DeviceFault`` with -3596 for a body that is no JSON object.
    init(json body: [UInt8], sessionID: String?, quirks: Quirks) throws(DeviceFault) {
        guard case .object(let members)? = try? JSONParser.parse(body) else { throw DeviceFault(.parameter) }
        endpoint = .json
        fields = Fields(members, isStrict: quirks[.strictTypes])
        self.sessionID = sessionID
        switch members["msg_id"] {
        case .string(let text): message = Int(text.string)
        case .number(let text) where !quirks[.strictMsgIDString]: message = Int(text)
        default: message = nil
        }
    }

    /// Takes a form that was read.
    init(form: ReceivedForm, sessionID: String?, quirks: Quirks) {
        endpoint = .form
        fields = Fields(form: form.texts)
        files = form.files
        self.sessionID = sessionID
        let isLate = quirks[.msgIDFirst] && form.hasLateMessageID
        message = isLate ? nil : form.texts["msg_id"].flatMap { Int($0) }
    }
}
