# SPDX-License-Identifier: Apache-2.0
"""A large set of portraits with its truth: what must become of every one, and why."""

import csv
import multiprocessing
import os

from . import files
from .broken import KINDS
from .paint import stream
from .people import Attributes, batch_name
from .portrait import portrait

COLUMNS = ["source", "img_id", "name", "identity", "gender", "age", "address", "outcome", "reason", "passes_through"]
# (how many parts of the good ones, extension, how the file is written)
VARIANTS = [
    (16, "jpg", ("jpeg", {})),
    (6, "JPG", ("jpeg", {})),
    (6, "jpeg", ("jpeg", {"quality": 95})),
    (5, "jpg", ("jpeg", {"subsampling": "4:4:4"})),
    (5, "jpg", ("jpeg", {"subsampling": "4:2:2"})),
    (6, "jpg", ("jpeg", {"progressive": True})),
    (3, "jpg", ("jpeg", {"progressive": True, "subsampling": "4:4:4"})),
    (4, "jpg", ("jpeg", {"mode": "L"})),
    (2, "jpg", ("jpeg", {"mode": "L", "progressive": True})),
    (3, "jpg", ("jpeg", {"mode": "CMYK"})),
    (3, "jpg", ("jpeg", {"quality": 60})),
    *[(2, "jpg", ("jpeg", {"orientation": turn})) for turn in range(1, 9)],
    (1, "jpg", ("jpeg", {"orientation": 6, "progressive": True, "subsampling": "4:2:2"})),
    (3, "png", ("png", {"variant": "rgb"})),
    (2, "png", ("png", {"variant": "palette"})),
    (2, "png", ("png", {"variant": "grey"})),
    (1, "png", ("png", {"variant": "grey16"})),
    (1, "png", ("png", {"variant": "rgb16"})),
    (2, "png", ("png", {"variant": "rgba"})),
    (3, "bmp", ("bmp", {})),
    (1, "BMP", ("bmp", {"variant": "palette"})),
    (2, "tif", ("tiff", {})),
    (2, "tiff", ("tiff", {"compression": "lzw"})),
    (2, "tif", ("tiff", {"compression": "deflate"})),
    (2, "heic", ("heic", {})),
    (3, "webp", ("webp", {})),
]
SIZES = [
    (300, 400),
    (360, 480),
    (413, 531),
    (480, 640),
    (600, 800),
    (640, 480),
    (600, 600),
    (720, 960),
    (960, 1280),
    (1200, 1600),
]
SIZE_WEIGHTS = [12, 10, 14, 26, 12, 4, 4, 8, 7, 2]
LARGE = [(1536, 2048), (2448, 3264), (3000, 4000)]
ASCII_LETTERS = tuple("ABCDEFGHIJKLMNOPQRSTUVWXY")
FITTING = [(300, 400), (360, 480), (480, 640), (600, 800)]


class Settings:
    """What was asked for on the command line."""

    def __init__(
        self,
        folder,
        count,
        bad,
        seed,
        profile="small",
        spreadsheet=False,
        encoding="utf-8-sig",
        jpeg_only=False,
        size=None,
        target=None,
        distinct=None,
    ):
        self.folder, self.count, self.bad, self.seed = folder, count, bad, seed
        self.profile, self.spreadsheet, self.encoding = profile, spreadsheet, encoding
        self.jpeg_only, self.size, self.target, self.distinct = jpeg_only, size, target, distinct


class Row:
    """One row of the set: the file to write, what the source says, what must become of it."""

    def __init__(self, number, kind, attributes, img_id):
        self.number, self.kind, self.attributes, self.img_id = number, kind, attributes, img_id
        self.source, self.variant, self.size = "", None, None
        self.outcome, self.reason = "stored", ""
        self.photo, self.listed = True, True


def plan(settings):
    """Every row of the set, in the order in which a spreadsheet lists them."""
    rng = stream("set", settings.seed, settings.count)
    kinds = [k for k in KINDS if k.spreadsheet in (None, settings.spreadsheet)]
    amount = int(round(settings.count * settings.bad))
    bad = [kinds[i % len(kinds)] for i in range(amount)]
    # A repeated img_id needs good rows before it.
    numbers = sorted(rng.sample(range(settings.count // 20 + 1, settings.count), amount))
    rng.shuffle(bad)
    at = dict(zip(numbers, bad))
    variants = rng.sample(VARIANTS, len(VARIANTS))
    rows, originals = [], []
    for number in range(settings.count):
        attributes = Attributes(rng, settings.spreadsheet)
        if number == 0:
            attributes.name = "Anna Acker"
        img_id = f"E-{number:06d}" if rng.random() < 0.9 else f"{rng.getrandbits(96):024x}"
        kind = at.get(number)
        row = Row(number, kind, attributes, img_id)
        weights = [v[0] for v in VARIANTS]
        row.variant = variants.pop() if variants and kind is None else rng.choices(VARIANTS, weights)[0]
        if settings.jpeg_only:
            row.variant = (1, "jpg", ("jpeg", {}))
        row.size = choose_size(settings, row, rng)
        if kind is None:
            if number > 0 and rng.random() < 0.02:
                row.img_id = ""
            elif attributes.name[:1] in ASCII_LETTERS:
                originals.append(row)
        else:
            row.outcome, row.reason = kind.outcome, kind.reason
            kind.prepare(row, rng, originals)
        place(row, rng, settings)
        rows.append(row)
    return rows


def choose_size(settings, row, rng):
    if settings.size:
        return settings.size
    if row.kind is not None:
        return rng.choice(FITTING)
    way = row.variant[2][0]
    if settings.profile == "photo" and way == "jpeg":
        return (3000, 4000)
    if way in ("png", "bmp", "tiff"):
        return rng.choices(SIZES[:8], SIZE_WEIGHTS[:8])[0]
    if way == "heic":
        return rng.choice(SIZES[:4])
    if rng.random() < 0.015:
        return rng.choice(LARGE)
    return rng.choices(SIZES, SIZE_WEIGHTS)[0]


def place(row, rng, settings):
    """Where the file lies, under the source folder."""
    extension = row.kind.extension if row.kind and row.kind.extension else row.variant[1]
    if row.kind and row.kind.keeps_format:
        row.variant = (1, extension, ("jpeg", {}))
    if settings.spreadsheet:
        word = rng.choice(["photo", "IMG", "人员", "portrét"])
        row.source = f"photos/{row.number // 250:02d}/{word}_{row.number:06d}.{extension}"
        return
    folder = f"department-{row.number // 250:02d}"
    name = row.kind.file_name(row, extension) if row.kind and row.kind.file_name else None
    row.source = f"{row.source or folder}/{name or batch_name(row.attributes, row.img_id, extension)}"


PLAN = []


def write(number):
    """Draws one row's picture and writes its file; returns the row's number and whether it passes through."""
    settings, rows = PLAN
    row = rows[number]
    if not row.photo:
        return number, False
    if row.kind is not None and row.kind.make is not None:
        made = files.Saved(row.kind.make(settings, row, picture(settings, row)), row.size, False)
    else:
        made = good(settings, row)
    with open(os.path.join(settings.folder, "source", row.source), "wb") as file:
        file.write(made.data)
    return number, made.fits


def picture(settings, row, **options):
    attributes = row.attributes
    finish = 1.25 if settings.profile == "small" else 1.5
    return portrait(
        f"{settings.seed}/{row.number}",
        row.size,
        attributes.drawn_gender,
        attributes.drawn_age,
        finish=finish,
        **options,
    )


def good(settings, row):
    way, options = row.variant[2]
    if settings.distinct:
        return shared(settings, row)
    if way == "jpeg" and settings.profile == "photo":
        options = {"quality": 93, **options}
    return getattr(files, way)(picture(settings, row), **options)


DRAWN = {}


def shared(settings, row):
    """One of a few distinct pictures, in a file that is unlike every other by its comment."""
    which = row.number % settings.distinct
    if which not in DRAWN:
        image = portrait(f"{settings.seed}/shared/{which}", row.size, finish=1.5)
        DRAWN[which] = files.jpeg_near(image, settings.target) if settings.target else files.jpeg(image)
    made = DRAWN[which]
    copy = files.Saved(files.with_comment(made.data, f"portrait {row.number}"), row.size, True)
    copy.fits = made.fits
    return copy


def make(settings, jobs):
    """Writes the set; returns its rows."""
    source = os.path.join(settings.folder, "source")
    rows = plan(settings)
    for folder in {os.path.dirname(row.source) for row in rows}:
        os.makedirs(os.path.join(source, folder), exist_ok=True)
    order, chunk = list(range(len(rows))), 8
    if settings.distinct:
        # A worker keeps what it has drawn, so the rows of one picture go to one worker.
        order.sort(key=lambda number: number % settings.distinct)
        chunk = -(-len(rows) // settings.distinct)
    # The workers are forks: they see the plan, and only numbers travel.
    PLAN[:] = [settings, rows]
    pool = multiprocessing.get_context("fork").Pool(jobs)
    fits = dict(pool.imap_unordered(write, order, chunksize=chunk))
    # Not `with`: that ends the workers by a signal, which waits for ever where the signal was blocked at the start.
    pool.close()
    pool.join()
    litter(source, settings)
    if settings.spreadsheet:
        spreadsheet(source, rows, settings)
    truth(settings.folder, rows, fits)
    return rows


def litter(source, settings):
    """What systems leave in folders, and nobody means to import."""
    if settings.jpeg_only:
        return
    for name in (".DS_Store", "Thumbs.db", "._photo.jpg"):
        with open(os.path.join(source, name), "wb") as file:
            file.write(b"\x00\x05\x16\x07 not a photo")


GENDERS = {"": [""], "0": ["0", "f", "F", "female", "Female", "女"], "1": ["1", "m", "M", "male", "MALE", "男"]}


def spreadsheet(source, rows, settings):
    """`people.csv`, with the headings and spellings that people use."""
    rng = stream("csv", settings.seed)
    with open(os.path.join(source, "people.csv"), "w", encoding=settings.encoding, newline="") as file:
        out = csv.writer(file, lineterminator="\r\n")
        out.writerow(["Full_Name", "工号", "photo", "身份证", "sex", "AGE", "地址", "remarks"])
        for row in rows:
            a = row.attributes
            if row.listed:
                gender = rng.choice(GENDERS.get(a.gender, [a.gender]))
                out.writerow([a.name, row.img_id, row.source, a.identity, gender, a.age, a.address, ""])


def truth(folder, rows, fits):
    """`truth.csv`: the source relative to `source/`, and what must become of it."""
    with open(os.path.join(folder, "truth.csv"), "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(COLUMNS)
        for row in rows:
            a = row.attributes
            passes = int(row.outcome == "stored" and fits[row.number])
            said = [row.img_id, a.name, a.identity, a.gender, a.age, a.address] if row.listed else [""] * 6
            out.writerow([row.source, *said, row.outcome, row.reason, passes])
