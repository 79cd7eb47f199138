#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Draws portraits of people who do not exist, with the truth about what an import must make of them.

    draw_portraits.py samples samples                     the folder of the demo
    draw_portraits.py set DIR --count 2000 --bad 0.08     DIR/source and DIR/truth.csv
    draw_portraits.py set DIR --count 20000 --jpeg-only   photos that fit a device as they are
    draw_portraits.py sheet sheet.png                     a contact sheet, to look at

The same arguments give the same pictures. Needs python3-pil, python3-numpy and, for HEIC, libheif-examples.
"""

import argparse
import os
import sys
import time

sys.dont_write_bytecode = True

from portraits import sampleset, testset  # noqa: E402
from portraits.portrait import portrait  # noqa: E402


def size(text):
    width, height = text.lower().split("x")
    return int(width), int(height)


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    samples = verbs.add_parser("samples", help="the folder of the demo")
    samples.add_argument("folder")
    sheet = verbs.add_parser("sheet", help="a contact sheet")
    sheet.add_argument("file")
    sheet.add_argument("--count", type=int, default=24)
    sheet.add_argument("--seed", type=int, default=0)
    made = verbs.add_parser("set", help="a large set with its truth")
    made.add_argument("folder")
    made.add_argument("--count", type=int, default=2000)
    made.add_argument("--bad", type=float, help="share of photos to be rejected (default 0.08; 0 with --jpeg-only)")
    made.add_argument("--seed", type=int, default=7)
    made.add_argument("--profile", choices=["small", "photo"], default="small", help="photo: JPEGs of 12 megapixels")
    form = made.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="a people.csv with a photo column")
    form.add_argument("--folder", dest="batch", action="store_true", help="batch file names (the default)")
    made.add_argument("--encoding", default="utf-8-sig", help="of people.csv: utf-8, utf-8-sig, utf-16, gb18030")
    made.add_argument("--jpeg-only", action="store_true", help="JPEG only; a few pictures, each file's bytes distinct")
    made.add_argument("--size", type=size, help="such as 960x1280 (default of --jpeg-only)")
    made.add_argument("--bytes", type=int, help="at most how large each file of --jpeg-only is")
    made.add_argument("--distinct", type=int, help="how many pictures to draw for --jpeg-only (default 50)")
    made.add_argument("--jobs", type=int, default=os.cpu_count(), help="processes")
    return parser.parse_args()


def draw_set(asked):
    plain = asked.jpeg_only
    usual = ((3000, 4000) if asked.profile == "photo" else (960, 1280)) if plain else None
    target = asked.bytes or (3_500_000 if plain and asked.profile == "photo" else None)
    settings = testset.Settings(
        asked.folder,
        asked.count,
        asked.bad if asked.bad is not None else (0.0 if plain else 0.08),
        asked.seed,
        profile=asked.profile,
        spreadsheet=asked.csv,
        encoding=asked.encoding,
        jpeg_only=plain,
        size=asked.size or usual,
        target=target,
        distinct=(asked.distinct or 50) if plain else None,
    )
    start = time.monotonic()
    rows = testset.make(settings, asked.jobs)
    bad = sum(row.outcome != "stored" for row in rows)
    print(f"{len(rows)} rows, {bad} of them not to be stored, in {time.monotonic() - start:.1f} s: {asked.folder}")


def draw_sheet(asked):
    from PIL import Image

    across = 8
    down = -(-asked.count // across)
    sheet = Image.new("RGB", (across * 240, down * 320))
    for number in range(asked.count):
        small = portrait(f"{asked.seed}/{number}", (480, 640)).resize((240, 320))
        sheet.paste(small, (number % across * 240, number // across * 320))
    sheet.save(asked.file)


def main():
    asked = arguments()
    if asked.verb == "samples":
        sampleset.make(asked.folder)
    elif asked.verb == "sheet":
        draw_sheet(asked)
    else:
        if os.path.exists(os.path.join(asked.folder, "source")):
            sys.exit(f"{asked.folder}/source is there already; name another folder or delete it")
        draw_set(asked)


main()
