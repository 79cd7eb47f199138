// SPDX-License-Identifier: Apache-2.0

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
        // Base64 needs no escapes, and hardly anybody writes any: they are looked for where decoding ends at one.
        if !data.raw.prefix(256).contains(0x5C), let bytes = try? decoded(data.raw, quirks) { return bytes }
        return try decoded(data.unescaped, quirks)
    }

    private func decoded(_ text: ArraySlice<UInt8>, _ quirks: Quirks) throws(DeviceFault) -> [UInt8] {
        var text = text
        let hasPrefix = text.starts(with: "data:".utf8)
        if hasPrefix {
            guard let comma = text.prefix(128).firstIndex(of: UInt8(ascii: ",")) else {
                throw DeviceFault(.brokenImage)
            }
            text = text[(comma + 1)...]
        }
        let isWelcome = hasPrefix ? !quirks[.forbidPrefix] : !quirks[.requirePrefix]
        guard isWelcome, let bytes = Base64Decoder.decode(text) else { throw DeviceFault(.brokenImage) }
        return bytes
    }
}
