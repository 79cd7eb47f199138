// SPDX-License-Identifier: Apache-2.0

/// The boundary of a `multipart/form-data` content type.
enum MultipartBoundary {
    /// Reads the header's value; `nil` when it is another type or has no boundary of 1 to 70 characters.
    static func read(_ contentType: String?) -> String? {
        guard let contentType else { return nil }
        let parts = contentType.split(separator: ";").map { $0.drop(while: \.isWhitespace) }
        guard let type = parts.first, type.lowercased().hasPrefix("multipart/form-data") else { return nil }
        for part in parts.dropFirst() {
            let pair = part.split(separator: "=", maxSplits: 1)
            guard pair.count == 2, pair[0].lowercased() == "boundary" else { continue }
            var value = pair[1]
            while let last = value.last, last.isWhitespace { value.removeLast() }
            if value.count >= 2, value.first == "\"", value.last == "\"" { value = value.dropFirst().dropLast() }
            return (1...70).contains(value.utf8.count) ? String(value) : nil
        }
        return nil
    }
}
