// SPDX-License-Identifier: Apache-2.0
internal import FaceImaging

/// What `--quality` names: a profile that comes with facelib, or a file of thresholds.
enum QualityOption {
    /// The profile that is used when none is named.
    static let standard = "hr"

    /// Reads a profile.
    ///
    /// - Parameters:
    ///   - text: `hr`, `watchlist`, `off`, or the path of a TOML file.
    ///   - directory: The folder a relative path is seen from.
    /// - Returns: The profile.
    /// - Throws: ``CommandError`` with status 64 that says what is wrong.
    static func profile(_ text: String, seenFrom directory: String) throws(CommandError) -> QualityProfile {
        if let profile = QualityProfile.named(text) { return profile }
        let path = text.hasPrefix("/") ? text : directory + "/" + text
        let file: String
        do {
            file = try TextFile.read(path).text
        } catch {
            throw .usage(
                "--quality \(text) is neither hr, watchlist or off nor a file that can be read: \(error.text)."
            )
        }
        return try profile(file, path: text)
    }

    private static func profile(_ file: String, path: String) throws(CommandError) -> QualityProfile {
        var document = try ConfigurationValue.document(file, path: path)
        var profile = QualityProfile.hr
        if let base = document.removeValue(forKey: "base") {
            guard case .text(let name) = base, let named = QualityProfile.named(name) else {
                throw .usage("\(path): base must be \"hr\", \"watchlist\" or \"off\".")
            }
            profile = named
        }
        for (key, value) in flattened(document, below: "") {
            guard let number = value.asNumber else {
                throw .usage("\(path): \(key) must be a number, not \(value.kind).")
            }
            guard profile.set(key, number) else {
                throw .usage(
                    "\(path): there is no threshold \"\(key)\"; the thresholds are \(QualityProfile.keys.joined(separator: ", "))."
                )
            }
        }
        return profile
    }

    /// The values of nested tables under dotted keys: `[sharpness] reject = 20` is `sharpness.reject`.
    private static func flattened(
        _ table: [String: ConfigurationValue],
        below prefix: String
    ) -> [(key: String, value: ConfigurationValue)] {
        table.sorted { $0.key < $1.key }.flatMap { key, value -> [(key: String, value: ConfigurationValue)] in
            if case .table(let inner) = value { return flattened(inner, below: prefix + key + ".") }
            return [(prefix + key, value)]
        }
    }
}
