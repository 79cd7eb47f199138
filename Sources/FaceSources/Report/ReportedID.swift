// SPDX-License-Identifier: Apache-2.0
import FaceModel
import FaceText

/// The id that a line of a report gives back, held against the one that its original has.
struct ReportedID {
    /// The id that counts; `nil` where it is made from the photo.
    let text: String?
    /// Whether it is another one than the original's.
    let isCorrected: Bool
    /// Whether a spreadsheet had taken leading zeros from it.
    let isRepaired: Bool

    /// Takes an id as the report has it, `""` for none, and the original's.
    init(_ reported: String, original: String?) {
        let isMade = original == nil && PortraitID.looksDerived(reported)
        isRepaired = original.map { Self.lost(zerosOf: $0, in: reported) } ?? false
        let isOriginal = isRepaired || reported.isEmpty || isMade || reported == original.map(InvalidRow.reported)
        text = isOriginal ? original : reported
        isCorrected = !isOriginal
    }

    private static func lost(zerosOf original: String, in reported: String) -> Bool {
        let isNumber = !reported.isEmpty && reported.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard isNumber, original.utf8.count > reported.utf8.count, original.hasSuffix(reported) else { return false }
        return original.utf8.dropLast(reported.utf8.count).allSatisfy { $0 == UInt8(ascii: "0") }
    }
}

extension ReportRow {
    /// The name that counts: the original's, unless the report was given another one.
    func name(correcting original: String) -> String {
        let reported = InvalidRow.reported(CleanText.clean(original))
        return name.isEmpty || [name, nameAsWritten].contains(reported) ? original : name
    }
}
