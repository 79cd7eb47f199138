// SPDX-License-Identifier: Apache-2.0

/// Words that stand at the head of columns: whoever reads one has the right encoding.
enum HeaderWords {
    /// Whether a word is one, in whatever case.
    static func contains(_ word: String) -> Bool {
        !word.utf8.allSatisfy { $0 < 0x80 } && (Column(named: word) != nil || words.contains(word.lowercased()))
    }

    /// At most three of the words that are none, as a sample for people.
    static func others(than words: [String]) -> [String] {
        let others = words.filter { !contains($0) }
        return Array((others.isEmpty ? words : others).prefix(3))
    }

    private static let words: Set<String> = Set(
        """
        prénom âge téléphone société größe straße größenangabe geschäft número dirección teléfono años edição código \
        endereço função ålder förnamn född jméno příjmení pohlaví věk číslo imię płeć zdjęcie név életkor cím fénykép \
        nume vârstă adresă prénoms soyadı adı doğum yaş fotoğraf имя фамилия отчество фото фотография пол возраст адрес \
        номер должность отдел телефон ім'я прізвище стать вік име фамилно снимка возраст όνομα επώνυμο φωτογραφία \
        ηλικία φύλο διεύθυνση vardas pavardė amžius שם משפחה תמונה גיל כתובת الاسم اسم الصورة العمر العنوان ชื่อ \
        นามสกุล รูป อายุ เพศ ที่อยู่ 姓名 性别 年龄 地址 工号 照片 身份证 身份证号 性別 年齡 工號 員工編號 身分證 身分證字號 \
        名前 氏名 写真 年齢 住所 社員番号 番号 이름 성명 사진 성별 나이 주소 사번
        """.split(separator: " ").map { String($0) }
    )
}
