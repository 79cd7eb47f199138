// SPDX-License-Identifier: Apache-2.0
internal import ArgumentParser
internal import FaceModel
import FaceText

/// The option of commands that read a folder, a spreadsheet or an archive.
struct EncodingOption: ParsableArguments, Sendable {
    @Option(
        help: ArgumentHelp(
            "What tables and file names are written in where they are not UTF-8, such as windows-1251 or gbk.",
            valueName: "name"
        ),
        transform: TextEncoding.reading
    )
    var encoding: TextEncoding?
}

extension TextEncoding {
    /// Reads `--encoding`.
    static func reading(_ text: String) throws -> TextEncoding {
        if let encoding = TextEncoding(named: text) { return encoding }
        let nearest = Nearest.names(to: text, among: TextEncoding.usualNames)
        let advice = nearest.isEmpty ? "iconv -l lists all that are" : "near it are \(nearest.joined(separator: ", "))"
        throw ValidationError("--encoding \"\(text)\" is not known here; \(advice).")
    }

    /// Reads what a job or a plan keeps.
    init?(reading value: JSONValue?) {
        guard case .string(let name) = value else { return nil }
        self.init(named: name)
    }
}
