// SPDX-License-Identifier: Apache-2.0
import FaceModel

/// The columns that count, and the names under which spreadsheets have them.
package enum Column: CaseIterable {
    case photo, imgID, name, identity, gender, age, address
    /// Not blank where the values are to be taken as they stand, as an export wrote them.
    case exact

    /// The columns of the table that an export writes and an import reads again, in order.
    package static let exported: [Column] = [.photo, .imgID, .name, .identity, .gender, .age, .address, .exact]

    /// The names that are taken, the one we write first.
    package var names: [String] {
        switch self {
        case .photo: ["photo", "file", "filename", "image", "picture", "path", "foto", "照片", "相片", "图片", "写真"]
        case .imgID:
            [
                "img_id", "id", "employee_id", "employee_no", "employee_number", "staff_id", "staff_no", "staff_number",
                "personnel_number", "personalnummer", "工号", "员工号", "员工编号", "人员编号",
            ]
        case .name: ["name", "full_name", "employee_name", "姓名", "员工姓名", "氏名", "이름", "성명"]
        case .identity:
            [
                "identity", "id_card", "id_number", "id_card_no", "id_card_number", "identity_code", "identity_number",
                "身份证", "身份证号", "身份证号码", "身分證", "身分證字號", "证件号", "证件号码",
            ]
        case .gender: ["gender", "sex", "geschlecht", "性别", "性別"]
        case .age: ["age", "alter", "年龄", "年齡", "年齢"]
        case .address: ["address", "addr", "adresse", "地址", "住址", "住所"]
        case .exact: ["exact"]
        }
    }

    /// What the column holds, for a sentence.
    package var title: String {
        switch self {
        case .photo: "the photo"
        case .imgID: "the id"
        case .identity: "the identity code"
        default: "the \(names[0])"
        }
    }

    /// Reads a header's cell: only its letters and digits count, whatever their case and width.
    package init?(named text: String) {
        guard let column = Self.byName[Self.plain(text)] else { return nil }
        self = column
    }

    /// The column that a header's cell was probably meant to be, where it is none.
    package init?(resembling text: String) {
        let text = Self.plain(text)
        let slips = Self.byName.filter { Nearest.isSlip(text, of: $0.key) }.map(\.value)
        let holders = Self.byName.filter { $0.key.utf8.count >= 4 && text.contains($0.key) }.map(\.value)
        guard let column = Self.allCases.first(where: slips.contains) ?? Self.allCases.first(where: holders.contains)
        else { return nil }
        self = column
    }

    private static let byName = [String: Column](
        allCases.flatMap { column in column.names.map { (plain($0), column) } },
        uniquingKeysWith: { first, _ in first }
    )

    /// Without the blanks of all kinds, the stars, colons and invisible characters that people's headers carry.
    private static func plain(_ text: String) -> String {
        let kept = CleanText.folded(text).lowercased().unicodeScalars.filter { scalar in
            scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        }
        return String(String.UnicodeScalarView(kept))
    }
}
