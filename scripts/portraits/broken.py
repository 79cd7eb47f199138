# SPDX-License-Identifier: Apache-2.0
"""The photos that must not go through: one kind for each reason."""

from PIL import Image, ImageFilter

from . import files
from .paint import stream
from .people import batch_name
from .portrait import portrait


class Kind:
    """One way of being wrong; everything else about such a photo is right.

    `spreadsheet` is None where the kind can happen with and without a people.csv.
    """

    def __init__(
        self, reason, spreadsheet=None, outcome="rejected", extension=None, prepare=None, file_name=None, make=None
    ):
        self.reason, self.spreadsheet, self.outcome = reason, spreadsheet, outcome
        self.extension, self.file_name, self.make = extension, file_name, make
        self.keeps_format = make is None
        self.prepare = prepare or (lambda row, rng, originals: None)


def stem(row):
    return [value or "#" for value in batch_name(row.attributes, row.img_id, "x")[:-2].split("_")]


def five_parts(row, extension):
    return "_".join(stem(row)[:5]) + "." + extension


def blank_part(row, extension):
    parts = stem(row)
    return "_".join(parts[:2] + [""] + parts[3:]) + "." + extension


def seven_parts(row, extension):
    parts = stem(row)
    return "_".join(["van_der Berg"] + parts[1:]) + "." + extension


def long_id(row, rng, originals):
    row.img_id = "L" * 43 + f"{row.number:06d}"


def odd_id(row, rng, originals):
    row.img_id = rng.choice(["E {}", "E.{}", "É{}", "E+{}", "工号{}"]).format(row.number)


def wrong_gender(row, rng, originals):
    row.attributes.gender = rng.choice(["2", "9", "x", "unknown", "未知"])


def wrong_age(row, rng, originals):
    row.attributes.age = rng.choice(["1000", "-3", "34.5", "old", "12345"])


def taken_id(row, rng, originals):
    """The img_id of an earlier row; its file sorts after that row's, in the same folder."""
    original = rng.choice(originals)
    row.img_id = original.img_id
    row.source = original.source.rsplit("/", 1)[0]
    row.attributes.name = "Zz Zander"


def no_photo(row, rng, originals):
    row.photo = False


def no_row(row, rng, originals):
    row.listed = False


def cut(data, settings, row):
    keep = stream("cut", settings.seed, row.number).uniform(0.35, 0.8)
    return data[: int(len(data) * keep)]


def truncated(settings, row, image):
    way = {"png": files.png, "bmp": files.bmp}.get(row.kind.extension, files.jpeg)
    options = {"progressive": True} if row.kind.extension == "jpeg" else {}
    return cut(way(image, **options).data, settings, row)


def no_image(settings, row, image):
    rng = stream("no image", settings.seed, row.number)
    return rng.choice(
        [
            b"This is a letter to the HR department, not a photo.\n" * 40,
            b"<!DOCTYPE html><html><body>Sign in to download this photo</body></html>\n" * 20,
            b"%PDF-1.4\n1 0 obj << /Type /Catalog >> endobj\ntrailer << /Root 1 0 R >>\n%%EOF\n",
            files.saved(image.resize((60, 80)).quantize(64), "GIF"),
            bytes(rng.randrange(128) for _ in range(3000)),
        ]
    )


def tiny(settings, row, image):
    return files.jpeg(
        image.resize(stream("tiny", settings.seed, row.number).choice([(30, 40), (48, 64), (60, 60)]), Image.LANCZOS)
    ).data


def bomb(settings, row, image):
    return files.png_bomb() if row.kind.extension == "png" else files.jpeg_bomb()


def blurred(settings, row, image):
    return files.jpeg(image.filter(ImageFilter.GaussianBlur(image.width * 0.04))).data


def flat(settings, row, image):
    rng = stream("flat", settings.seed, row.number)
    return files.jpeg(Image.new("RGB", image.size, tuple(rng.randint(90, 200) for _ in range(3)))).data


def marked(mark):
    return lambda settings, row, image: files.with_comment(files.jpeg(image).data, f"facelib-fixture:{mark}")


def many(settings, row, image):
    two = portrait(f"{settings.seed}/{row.number}/two", (640, 480), people=2)
    return marked("faces=2")(settings, row, two)


def nobody(settings, row, image):
    behind = portrait(f"{settings.seed}/{row.number}/behind", row.size, from_behind=True)
    return marked("faces=0")(settings, row, behind)


KINDS = [
    Kind("name.fields", False, file_name=five_parts),
    Kind("name.fields", False, file_name=blank_part),
    Kind("name.separator", False, file_name=seven_parts),
    Kind("img-id.length", prepare=long_id),
    Kind("img-id.characters", prepare=odd_id),
    Kind("gender.value", prepare=wrong_gender),
    Kind("age.range", prepare=wrong_age),
    Kind("img-id.repeated", outcome="duplicate", prepare=taken_id),
    Kind("source.missing-photo", True, prepare=no_photo),
    Kind("source.missing-row", True, prepare=no_row),
    Kind("image.format", extension="jpg", make=no_image),
    Kind("image.truncated", extension="jpg", make=truncated),
    Kind("image.truncated", extension="jpeg", make=truncated),
    Kind("image.truncated", extension="png", make=truncated),
    Kind("image.truncated", extension="bmp", make=truncated),
    Kind("image.too-small", extension="jpg", make=tiny),
    Kind("image.bomb", extension="png", make=bomb),
    Kind("image.bomb", extension="jpg", make=bomb),
    Kind("quality.blurred", extension="jpg", make=blurred),
    Kind("quality.flat", extension="jpg", make=flat),
    Kind("face.none", extension="jpg", make=nobody),
    Kind("face.many", extension="jpg", make=many),
    Kind("quality.low", extension="jpg", make=marked("quality=20")),
]
