# SPDX-License-Identifier: Apache-2.0
"""The samples of the demo: a folder of batch-named photos, a spreadsheet with photos, and their truth."""

import csv
import os
import shutil

from PIL import Image, ImageFilter

from . import files
from .portrait import portrait

SMALL, USUAL = (300, 400), (480, 640)
LETTER = b"Dear HR, the photo of Mr Weber follows next week.\n"


def draw(key, size=USUAL, **options):
    return portrait(f"samples/{key}", size, finish=3, **options)


def usual(key, gender, age, size=USUAL, **options):
    return files.jpeg(draw(key, size, gender=gender, age=age), **{"quality": 82, **options}).data


def batch():
    """File name, bytes, outcome, reason; the order is that of the file names' meaning, not of the disk."""
    woman, man = 0, 1
    yield "Ingrid Halvorsen_E-1001_90010112345_0_34_Oslo.jpg", usual("ingrid", woman, 34), "stored", ""
    yield "王小梅_E-1002_11010519920307002X_0_33_北京市朝阳区.png", files.png(
        draw("xiaomei", SMALL, gender=woman, age=33), "palette"
    ).data, "stored", ""
    yield "Kwame Mensah_E-1003_#_1_45_Accra.bmp", files.bmp(draw("kwame", SMALL, gender=man, age=45)).data, "stored", ""
    yield "José Ramírez_E-1004_#_1_28_#.tif", files.tiff(
        draw("jose", SMALL, gender=man, age=28), "lzw"
    ).data, "stored", ""
    yield "佐藤美咲_E-1005_#_0_41_東京都新宿区.heic", files.heic(
        draw("misaki", USUAL, gender=woman, age=41), 50
    ).data, "stored", ""
    yield "Amina Diallo_E-1006_#_0_29_Dakar.webp", files.webp(
        draw("amina", USUAL, gender=woman, age=29), 78
    ).data, "stored", ""
    yield "Tomás Oliveira_E-1007_#_1_52_Porto.jpg", usual("tomas", man, 52, orientation=6), "stored", ""
    yield "Пётр Орлов_E-1008_#_1_61_Москва.jpeg", usual("pyotr", man, 61, progressive=True), "stored", ""
    yield "陈建国_#_#_#_#_#.jpg", usual("jianguo", man, 55, SMALL), "stored", ""
    whole = usual("leila", woman, 38)
    yield "Leila Haddad_E-1010_#_0_38_Tunis.jpg", whole[: len(whole) * 55 // 100], "rejected", "image.truncated"
    yield "Paul Weber_E-1011_#_1_40_Bonn.jpg", LETTER, "rejected", "image.format"
    soft = draw("sofia", USUAL, gender=woman, age=26).filter(ImageFilter.GaussianBlur(USUAL[0] * 0.04))
    yield "Sofia Rossi_E-1012_#_0_26_Milano.jpg", files.jpeg(soft).data, "rejected", "quality.blurred"
    stamp = draw("noah", SMALL, gender=man, age=31).resize((48, 64), Image.LANCZOS)
    yield "Noah Lindqvist_E-1013_#_1_31_Malmö.jpg", files.jpeg(stamp).data, "rejected", "image.too-small"
    yield "Grace Njoroge_E-1014_#_0_Nairobi.jpg", usual("grace", woman, 36, SMALL), "rejected", "name.fields"
    yield "Emil Novák_E-1015_#_7_33_Praha.jpg", usual("emil", man, 33, SMALL), "rejected", "gender.value"
    yield "Rosa Martín_E-1016_#_0_1000_Sevilla.jpg", usual("rosa", woman, 70, SMALL), "rejected", "age.range"
    yield "Zita Kovács_E-1001_#_0_47_Győr.jpg", usual("zita", woman, 47, SMALL), "duplicate", "img-id.repeated"
    yield "Ole Dahl_E-1018_#_1_50_Bergen.png", files.png_bomb(), "rejected", "image.bomb"
    back = files.jpeg(draw("behind", SMALL, gender=woman, from_behind=True), quality=82).data
    yield "Una Byrne_E-1019_#_0_30_Cork.jpg", files.with_comment(
        back, "facelib-fixture:faces=0"
    ), "rejected", "face.none"
    two = files.jpeg(draw("pair", (480, 400), people=2), quality=82).data
    yield "Ivan Petrov_E-1020_#_1_44_Sofia.jpg", files.with_comment(
        two, "facelib-fixture:faces=2"
    ), "rejected", "face.many"


def staff():
    """Cells of people.csv (None: no row), bytes (None: no photo), outcome, reason."""
    yield ["photos/2001.jpg", "S-2001", "Okafor, Chidi", "", "m", "39", "Lagos"], usual(
        "chidi", 1, 39, SMALL
    ), "stored", "attribute.comma"
    yield ["photos/2002.jpg", "S-2002", "Anna_Lena Vogt", "84120477", "female", "41", "Berlin"], usual(
        "anna", 0, 41, SMALL, mode="L"
    ), "stored", ""
    yield ["photos/2003.jpg", "S-2003", "李伟", "110105198003071233", "男", "45", "上海市浦东新区"], usual(
        "liwei", 1, 45, SMALL, mode="CMYK"
    ), "stored", ""
    same = usual("freya", 0, 27, SMALL)
    yield ["photos/2004.jpg", "S-2004", "Freya Lund", "", "0", "27", ""], same, "stored", ""
    yield ["photos/2005.jpg", "S-2005", "Ebba Lund", "", "0", "25", ""], same, "stored", "image.repeated"
    yield [
        "photos/2006.jpg",
        "S-2006",
        "Marek Zieliński",
        "",
        "1",
        "33",
        "Kraków",
    ], None, "rejected", "source.missing-photo"
    yield ["photos/2007.jpg", "S 2007", "Sara Cohen", "", "F", "58", "Haifa"], usual(
        "sara", 0, 58, SMALL
    ), "rejected", "img-id.characters"
    yield ["photos/visitor.jpg"], usual("visitor", 1, 24, SMALL), "rejected", "source.missing-row"


def make(folder):
    """Writes the whole folder anew."""
    truth = []
    for part in ("batch", "staff"):
        shutil.rmtree(os.path.join(folder, part), ignore_errors=True)
    os.makedirs(os.path.join(folder, "batch"))
    os.makedirs(os.path.join(folder, "staff", "photos"))
    for name, data, outcome, reason in batch():
        write(os.path.join(folder, "batch", name), data)
        truth.append([f"batch/{name}", outcome, reason])
    with open(os.path.join(folder, "staff", "people.csv"), "w", encoding="utf-8-sig", newline="") as file:
        sheet = csv.writer(file, lineterminator="\r\n")
        sheet.writerow(["photo", "工号", "Full_Name", "身份证", "sex", "年龄", "Address"])
        for cells, data, outcome, reason in staff():
            if len(cells) > 1:
                sheet.writerow(cells)
            if data is not None:
                write(os.path.join(folder, "staff", cells[0]), data)
            truth.append([f"staff/{cells[0]}", outcome, reason])
    with open(os.path.join(folder, "expected.csv"), "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(["source", "outcome", "reason"])
        out.writerows(truth)


def write(path, data):
    with open(path, "wb") as file:
        file.write(data)
