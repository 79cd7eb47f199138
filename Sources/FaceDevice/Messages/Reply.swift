// SPDX-License-Identifier: Apache-2.0

/// What a device answered, whichever of its envelopes it used (interface G7 to G9).
struct Reply: Sendable {
    /// The device's code, 0 for success.
    var code: Int
    /// The device's text, `""` when it gave none.
    var message: String
    /// The values: `data`, or the whole reply where the values stand at top level.
    var data: JSONValue
    /// The bytes as they came.
    var bytes: [UInt8]

    /// Reads a reply.
    ///
    /// - Parameter bytes: The body of the response.
    /// - Throws: ``JSONParser/Failure`` when it is not JSON or has neither a code nor a result.
    init(_ bytes: [UInt8]) throws(JSONParser.Failure) {
        let root = try JSONParser.value(of: bytes)
        guard let code = root["code"]?.integer ?? root["result"]?.integer else {
            throw JSONParser.Failure(reason: "neither a code nor a result", offset: 0)
        }
        self.code = code
        self.bytes = bytes
        message = root.text(of: "msg")
        let data = root["data"] ?? .null
        // 1902 and 1903 have no `data`; a device may also send an empty one beside the values.
        self.data = data.isNothing && root["code"] == nil ? root : data
    }

    /// The code with its documented meaning and the device's own text.
    var verdict: String {
        let meaning = DeviceCodeText.meaning(of: code).map { " (\($0))" } ?? ""
        let text = message.isEmpty ? "" : ": \(message)"
        return "code \(code)\(meaning)\(text)"
    }
}
