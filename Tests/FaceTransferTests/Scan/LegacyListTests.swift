// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import FaceText
@testable import FaceTransfer

/// Invented lists of names in many encodings, from one name to a hundred: each is read right or doubted, never wrong.
@Suite struct LegacyListTests {
    /// Given and family names of a language.
    struct People: Sendable {
        let given: [String]
        let family: [String]
        let joint: String

        init(_ given: String, _ family: String, joint: String = " ") {
            self.given = given.split(separator: " ").map { String($0) }
            self.family = family.split(separator: " ").map { String($0) }
            self.joint = joint
        }

        /// So many names, from a place on.
        func names(_ count: Int, from start: Int) -> [String] {
            (start..<start + count).map { place in
                given[(place * 7 + place / 10) % given.count] + joint + family[(place * 3 + place / 7) % family.count]
            }
        }
    }

    static let german = People(
        "Jörg Käthe Jürgen Günter Björn Sören Hannelore Rüdiger Bärbel Götz",
        "Müller Schäfer Köhler Krüger Schröder Weiß Groß Löffler Bäcker Strauß"
    )
    static let french = People(
        "André Hélène François Zoé Chloé Benoît Jérôme Anaïs Loïc Françoise",
        "Noël Lefèvre Géraud Bérard Châtelain Besançon Prévôt Gérard Maître Garçon"
    )
    static let polish = People(
        "Łukasz Agnieszka Małgorzata Paweł Michał Żaneta Błażej Elżbieta Stanisław",
        "Wiśniewski Wójcik Kozłowski Zieliński Wróbel Dąbrowska Śliwa Gołąb Żurek Jabłoński"
    )
    static let czech = People(
        "Jiří Tomáš Zdeněk Ondřej Lukáš Věra Kateřina Šárka Božena Aleš",
        "Dvořák Němec Růžička Veselý Horák Novák Černý Kučera Kříž Řezníček"
    )
    static let hungarian = People(
        "László Gergő Zoltán Erzsébet Győző István Ágnes Csőrsz Jenő Ödön",
        "Szőke Kovács Nagyidai Tóth Szűcs Vörös Erdős Pintér Győri Fűzfa"
    )
    static let turkish = People(
        "Ayşe Oğuz İbrahim Işıl Gökhan Çağla Şükrü Ümit Yiğit Doğan",
        "Yılmaz Şahin Öztürk Kılıç Aydın Güneş Çetin Koç Erdoğdu Yıldız"
    )
    static let lithuanian = People(
        "Žydrūnas Rūta Šarūnas Giedrė Eglė Mindaugas Ąžuolas Živilė Jūratė Čėsna",
        "Kazlauskienė Žukauskas Petraitytė Šimkus Grinevičiūtė Mažeika Ūsas Balčiūnas Jonušas Bružas"
    )
    static let russian = People(
        "Иван Ольга Сергей Наталья Фёдор Юлия Дмитрий Екатерина Пётр Жанна",
        "Кузнецов Орлова Щербаков Тихонова Лебедев Журавлёв Соколова Ефимов Чайкина Яшин"
    )
    static let ukrainian = People(
        "Олексій Ірина Їжакевич Андрій Ганна Євген Оксана Тарас Юрій Любов",
        "Шевчук Ковальчук Бойко Ткаченко Єфремов Гриценко Лисенко Їжак Марченко Щербина"
    )
    static let greek = People(
        "Γιώργος Ελένη Κώστας Νίκος Αθηνά Δήμητρα Γιάννης Ζωή Στέλιος Χρήστος",
        "Παπαδάκης Οικονόμου Γεωργίου Αντωνίου Καραγιάννης Μακρής Πετρίδης Σταύρου Λαμπράκης Τσόκα"
    )
    static let hebrew = People(
        "דוד שרה יעקב רחל משה נועה איתן תמר יוסי מיכל",
        "כהן לוי מזרחי פרץ ביטון פרידמן שפירא גולן"
    )
    static let arabic = People(
        "محمد فاطمة أحمد خالد ليلى عمر زينب يوسف",
        "العلي الحسن منصور الخطيب سليمان حداد قاسم النجار"
    )
    static let thai = People("สมชาย มาลี วิชัย นภา ประเสริฐ ศิริพร อนันต์", "ใจดี ทองคำ ศรีสุข บุญมี แสงทอง พูนผล รักดี")
    static let chinese = People("王 李 张 刘 陈 杨 黄 赵 周 吴", "伟 芳 娜 秀英 敏 静 建国 丽娟 志强 晓东", joint: "")
    static let taiwanese = People("陳 林 黃 張 李 王 吳 劉 蔡 楊", "家豪 淑芬 志明 美玲 雅婷 怡君 建宏 俊傑 宜蓁 佩珊", joint: "")
    static let japanese = People("佐藤 鈴木 高橋 田中 伊藤 渡辺 山本 中村 小林 加藤", "太郎 花子 健一 美咲 翔太 直樹 恵子 拓也", joint: "")
    static let kana = People("サトウ スズキ タカハシ タナカ イトウ ワタナベ", "タロウ ハナコ ケンイチ ミサキ ショウタ サクラ ナオキ")
    static let korean = People("김 이 박 최 정 강 조 윤 장 임", "민수 서연 지훈 하은 영희 도윤 수빈 철수 미경 현우", joint: "")

    static let lists: [(People, [String])] = [
        (german, ["CP1252", "CP850", "CP437", "MACINTOSH"]), (french, ["CP1252", "CP850", "CP437"]),
        (polish, ["CP1250", "CP852", "ISO-8859-2"]), (czech, ["CP1250", "CP852"]), (hungarian, ["CP1250", "CP852"]),
        (turkish, ["CP1254", "CP857", "ISO-8859-9"]), (lithuanian, ["CP1257", "CP775"]),
        (russian, ["CP1251", "CP866", "KOI8-R", "ISO-8859-5", "MAC-CYRILLIC"]), (ukrainian, ["CP1251", "KOI8-U"]),
        (greek, ["CP1253", "CP737"]), (hebrew, ["CP1255", "CP862"]), (arabic, ["CP1256"]), (thai, ["CP874"]),
        (chinese, ["GB18030"]), (taiwanese, ["BIG5"]), (japanese, ["CP932", "EUC-JP"]), (kana, ["CP932"]),
        (korean, ["EUC-KR"]),
    ]
    static let cases = lists.flatMap { people, encodings in encodings.map { (people, $0) } }

    private static func table(_ names: [String]) -> String {
        "photo,name\r\n" + names.enumerated().map { "\($0.offset).jpg,\($0.element)\r\n" }.joined()
    }

    /// How the list reads where the detector is sure, `nil` where it stops.
    private static func reading(_ bytes: [UInt8], in place: TextPlace) -> String? {
        var detector = EncodingDetector(of: place)
        detector.feed(bytes)
        guard case .success(let found) = detector.verdict() else { return nil }
        return TextConverter.text(of: bytes, in: found.encoding)
    }

    @Test(arguments: cases) func aListIsReadRightOrDoubted(people: People, encoding: String) throws {
        for (count, starts) in [(1, 0..<6), (3, 0..<2)] {
            for start in starts {
                let text = Self.table(people.names(count, from: start))
                let bytes = try encode(text, encoding)
                for place in [TextPlace.table, .fileNames] {
                    let read = Self.reading(bytes, in: place)
                    #expect(read == nil || read == text, "\(count) from \(start), \(place)")
                }
            }
        }
    }

    @Test(arguments: cases) func tenNamesAreEnough(people: People, encoding: String) throws {
        let text = Self.table(people.names(10, from: 0))
        #expect(Self.reading(try encode(text, encoding), in: .table) == text)
    }

    @Test(arguments: [("CP1251", 7), ("BIG5", 14), ("EUC-KR", 17), ("CP1254", 5)])
    func aHundredNamesAreRead(encoding: String, place: Int) throws {
        let text = Self.table(Self.lists[place].0.names(100, from: 0))
        #expect(Self.reading(try encode(text, encoding), in: .table) == text)
    }

    @Test func ofTwoEncodingsThatReadAlikeTheUsualOneIsNamed() throws {
        var detector = EncodingDetector()
        detector.feed(try encode(Self.table(["Jörg Schäfer", "Björn Köhler"]), "CP1252"))
        #expect(try detector.verdict().get().encoding == .windows1252)
    }

    @Test func whatIsDoubtedIsShownInEachReading() throws {
        var detector = EncodingDetector()
        detector.feed(try encode(Self.table(["Niccolò"]), "CP1252"))
        guard case .failure(.doubtful(let possibilities)) = detector.verdict() else {
            Issue.record("one name of one accent was no doubt")
            return
        }
        #expect(possibilities.sentence.contains("Windows-1252 (Niccolò)"))
        #expect(possibilities.count > 1)
    }
}
