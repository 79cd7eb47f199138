// SPDX-License-Identifier: Apache-2.0
import Foundation

/// A picture in a JSON request: its file name and its base64, not decoded until it is wanted (P13).
struct EncodedPicture: Sendable {
    let filename: String
    private let data: JSONText

    init(_ value: JSONValue) throws(DeviceFault) {
        guard case .object(let members) = value, case .string(let data) = members["data"] else {
            throw DeviceFault(.parameter)
        }
        self.data = data
        guard case .string(let name) = members["filename"] else { throw DeviceFault(.parameter) }
        filename = name.string
    }

    /// The picture's bytes.
    ///
    /// - Throws: ``DeviceFault`` with -1104 for what is not base64 or lacks or has a prefix against a quirk.
    func decoded(_ quirks: Quirks) throws(DeviceFault) -> [UInt8] {
        var text = data.unescaped
        let hasPrefix = text.starts(with: "data:".utf8)
        if hasPrefix {
            guard let comma = text.prefix(128).firstIndex(of: UInt8(ascii: ",")) else {
                throw DeviceFault(.brokenImage)
            }
            text = text[(comma + 1)...]
        }
        let isWelcome = hasPrefix ? !quirks[.forbidPrefix] : !quirks[.requirePrefix]
        guard isWelcome, let bytes = Data(base64Encoded: Data(text)) else { throw DeviceFault(.brokenImage) }
        return Array(bytes)
    }
}
