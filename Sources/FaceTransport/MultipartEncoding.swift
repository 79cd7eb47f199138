// SPDX-License-Identifier: Apache-2.0

/// A form as bytes on the wire (`multipart/form-data`), its files not copied.
struct MultipartEncoding {
    let contentType: String
    let segments: [BodySegment]

    init(_ parts: [MultipartPart]) {
        let boundary = Self.boundary()
        contentType = "multipart/form-data; boundary=\(boundary)"
        var segments: [BodySegment] = []
        var pending = ""
        for part in parts {
            pending += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(Self.escaped(part.name))\""
            switch part.content {
            case .text(let text):
                pending += "\r\n\r\n\(text)\r\n"
            case .file(let name, let type, let bytes):
                pending += "; filename=\"\(Self.escaped(name))\"\r\nContent-Type: \(type)\r\n\r\n"
                segments.append(.plain(Array(pending.utf8)))
                segments.append(.plain(bytes))
                pending = "\r\n"
            }
        }
        segments.append(.plain(Array((pending + "--\(boundary)--\r\n").utf8)))
        self.segments = segments
    }

    /// 128 random bits: no file holds them by chance, so none is searched for them.
    private static func boundary() -> String {
        let words = (UInt64.random(in: .min ... .max), UInt64.random(in: .min ... .max))
        return "facelib-\(String(words.0, radix: 36))-\(String(words.1, radix: 36))"
    }

    /// The HTML rules for names: only the quote and line ends are escaped, everything else is raw UTF-8.
    private static func escaped(_ name: String) -> String {
        var result = ""
        for scalar in name.unicodeScalars {
            switch scalar {
            case "\"": result += "%22"
            case "\r": result += "%0D"
            case "\n": result += "%0A"
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }
}
