// SPDX-License-Identifier: Apache-2.0

/// The headers of a part that matter: its name and its file name, as bytes, for their encoding is open (B8).
struct MultipartHeaders: Equatable, Sendable {
    var name: [UInt8]
    var fileName: [UInt8]?

    init(name: [UInt8], fileName: [UInt8]? = nil) {
        self.name = name
        self.fileName = fileName
    }

    /// Reads a header block; `nil` without a `Content-Disposition` that names the part.
    init?(_ block: [UInt8]) {
        for line in block.split(whereSeparator: { $0 == 0x0D || $0 == 0x0A }) {
            guard let colon = line.firstIndex(of: 0x3A),
                String(decoding: line[..<colon], as: UTF8.self).lowercased() == "content-disposition"
            else { continue }
            let parameters = Self.parameters(Array(line[(colon + 1)...]))
            guard let name = parameters["name"] else { return nil }
            self.init(name: name, fileName: parameters["filename"])
            return
        }
        return nil
    }

    /// Reads a name as the device does: UTF-8, or Latin-1 for one with `multipart_latin1`; only `%22`, `%0D`
    /// and `%0A` are escapes (B8).
    static func text(_ bytes: [UInt8], latin1: Bool) -> String {
        var out: [UInt8] = []
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x25, index + 2 < bytes.count {
                let digits = String(decoding: bytes[index + 1...index + 2], as: UTF8.self).uppercased()
                if let byte = ["22": 0x22, "0D": 0x0D, "0A": 0x0A][digits] as UInt8? {
                    out.append(byte)
                    index += 3
                    continue
                }
            }
            out.append(bytes[index])
            index += 1
        }
        guard latin1 else { return String(decoding: out, as: UTF8.self) }
        return String(String.UnicodeScalarView(out.map { Unicode.Scalar($0) }))
    }

    /// The parameters after the first `;`: `name=value` or `name="value"`, names in lower case.
    private static func parameters(_ bytes: [UInt8]) -> [String: [UInt8]] {
        var result: [String: [UInt8]] = [:]
        var index = bytes.firstIndex(of: 0x3B) ?? bytes.count
        while index < bytes.count {
            guard let equals = bytes[index...].firstIndex(of: 0x3D) else { break }
            let name = bytes[(index + 1)..<equals].filter { $0 != 0x20 && $0 != 0x09 }
            var value = equals + 1
            let isQuoted = value < bytes.count && bytes[value] == 0x22
            if isQuoted { value += 1 }
            let end = bytes[value...].firstIndex(of: isQuoted ? 0x22 : 0x3B) ?? bytes.count
            result[String(decoding: name, as: UTF8.self).lowercased()] = Array(bytes[value..<end])
            index = isQuoted ? bytes[end...].firstIndex(of: 0x3B) ?? bytes.count : end
        }
        return result
    }
}
