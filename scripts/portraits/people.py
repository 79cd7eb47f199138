# SPDX-License-Identifier: Apache-2.0
"""Names, ids and addresses of invented people, in the scripts that spreadsheets hold."""

import unicodedata

# Given names of women, given names of men, family names, and whether the family name comes first.
SCRIPTS = [
    (
        "Anna Berit Clara Doris Edith Frieda Greta Hanna Ida Julia".split(),
        "Anton Bernd Carl Dirk Emil Fritz Georg Hans Ivar Jonas".split(),
        "Acker Birk Claasen Dorn Ebert Falk Grau Holm Iversen Jung".split(),
        False,
    ),
    (
        "Zoë Éloïse Agnès Françoise Inès Noëmie Åsa Bjørg Þóra Łucja".split(),
        "José Andrés Jérôme Björn Søren Håkon Łukasz Şükrü Ömer Željko".split(),
        "Núñez Müller Château Ångström Øverby Kovač Dvořák Yılmaz Nagyőr Strauß".split(),
        False,
    ),
    (
        "小梅 丽华 雅静 思雨 春燕 若曦 婉婷 佳怡".split(),
        "伟 建国 志强 浩然 子轩 大勇 文博 明亮".split(),
        "王 李 张 刘 陈 杨 赵 黄 欧阳 司马".split(),
        True,
    ),
    (
        "さくら 陽子 美咲 結衣 千尋".split(),
        "翔太 健一 大輔 拓海 直樹".split(),
        "佐藤 鈴木 高橋 田中 渡辺 山本".split(),
        True,
    ),
    ("서연 지우 하은 민서 수아".split(), "민준 서준 도윤 예준 지호".split(), "김 이 박 최 정".split(), True),
    (
        "Анна Ольга Надежда Светлана Юлия".split(),
        "Иван Пётр Дмитрий Юрий Алексей".split(),
        "Орлова Лебедева Зайка Щукина Ким".split(),
        False,
    ),
    (
        "Ελένη Μαρία Σοφία Ιωάννα".split(),
        "Γιώργος Νίκος Δημήτρης Άγγελος".split(),
        "Λαμπρού Ρήγα Σταύρου Ψαρά".split(),
        False,
    ),
    ("فاطمة ليلى نور سلمى".split(), "أحمد يوسف خالد سمير".split(), "النجار الصباغ الحداد الراوي".split(), False),
    ("נועה תמר יעל".split(), "דוד איתן אורי".split(), "כהן לוי פרץ".split(), False),
    ("प्रिया अनीता सुनीता".split(), "राहुल विजय अमित".split(), "शर्मा पटेल वर्मा".split(), False),
    ("สมหญิง มาลี วรรณา".split(), "สมชาย วิชัย ประเสริฐ".split(), "ใจดี แสงทอง ศรีสุข".split(), False),
    (
        "Thị Hương|Ngọc Ánh|Bích Thủy".split("|"),
        "Văn Đức|Quốc Bảo|Hữu Nghĩa".split("|"),
        "Nguyễn Trần Lê Phạm".split(),
        True,
    ),
]
WEIGHTS = [24, 16, 30, 6, 5, 6, 3, 4, 2, 3, 2, 3]
PLACES = [
    "Oslo",
    "Berlin",
    "Lyon",
    "Porto",
    "Accra",
    "Lima",
    "Tunis",
    "北京市朝阳区",
    "上海市浦东新区",
    "深圳市南山区",
    "東京都新宿区",
    "서울특별시",
    "Москва",
    "Αθήνα",
    "القاهرة",
    "Malmö Södra gatan 4",
    "São Paulo",
    "Kraków ul. Długa 7",
    "Room 12 Building C",
    "Hà Nội",
]


def full_name(rng, gender):
    women, men, families, family_first = rng.choices(SCRIPTS, WEIGHTS)[0]
    given, family = rng.choice(men if gender else women), rng.choice(families)
    if not family_first:
        return f"{given} {family}"
    return family + given if ord(family[0]) > 0x2000 else f"{family} {given}"


def identity(rng):
    return "".join(rng.choice("0123456789") for _ in range(rng.choice([8, 11, 17]))) + rng.choice("0123456789X")


class Attributes:
    """What a row says about its person; empty text where it says nothing."""

    def __init__(self, rng, spreadsheet):
        self.drawn_gender, self.drawn_age = rng.randint(0, 1), rng.randint(19, 72)
        self.name = full_name(rng, self.drawn_gender)
        dice = rng.random()
        if spreadsheet:
            if dice < 0.05:
                self.name = self.name.replace(" ", "_") if " " in self.name else self.name + "_2"
            elif dice < 0.055:
                self.name = "#"
            elif dice < 0.06:
                self.name = f'{self.name} "the tall"'
        if 0.1 < dice < 0.13:
            self.name = f"{self.name}, Dr"
        elif 0.13 < dice < 0.15:
            self.name = unicodedata.normalize("NFD", self.name)
        elif 0.15 < dice < 0.16:
            self.name = f"O'{self.name}"
        filled = rng.choice([0.0, 0.75, 0.75, 1.0])
        self.identity = identity(rng) if rng.random() < filled else ""
        self.gender = str(self.drawn_gender) if rng.random() < filled else ""
        self.age = str(self.drawn_age) if rng.random() < filled else ""
        self.address = rng.choice(PLACES) if rng.random() < filled else ""
        if spreadsheet and self.address and rng.random() < 0.05:
            self.address += "_flat 3" if rng.random() < 0.5 else ",\nrear building"
        if rng.random() < 0.02:
            self.name = ""


def batch_name(attributes, img_id, extension):
    """The file name that says all this: `Name_imgid_Identity_Gender_Age_Address.ext`."""
    values = [attributes.name, img_id, attributes.identity, attributes.gender, attributes.age, attributes.address]
    return "_".join(value or "#" for value in values) + "." + extension
