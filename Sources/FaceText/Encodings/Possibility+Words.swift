// SPDX-License-Identifier: Apache-2.0

extension [LegacyVerdict.Possibility] {
    /// The encodings for a sentence, each with how something reads in it: `Windows-1252 (Müller) or CP850 (M³ller)`.
    package func sentence(reading: (LegacyVerdict.Possibility) -> String) -> String {
        let names = map { "\($0.encoding.title) (\(CleanText.clean(reading($0))))" }
        guard let last = names.last, names.count > 1 else { return names.first ?? "" }
        return names.dropLast().joined(separator: ", ") + " or " + last
    }

    /// The same with the words of the sample.
    package var sentence: String { sentence { $0.words.joined(separator: ", ") } }
}
