# SPDX-License-Identifier: Apache-2.0
"""Draws the two photos in Fixtures whose way through facelib is counted.

    /usr/bin/python3 Benchmarks/bench/fixtures.py

They are kept in git, since counts can be compared only of the same bytes: another version of numpy, Pillow or
libjpeg-turbo may draw others. Whoever draws them anew counts anew (check_counts.py --update). Needs Debian's
python3-numpy and python3-pil.
"""

import sys
from pathlib import Path

sys.dont_write_bytecode = True

import drawing  # noqa: E402
import photos  # noqa: E402

FOLDER = Path(__file__).resolve().parent.parent / "Fixtures"

# By name: size and quality. That of the large one keeps it below 300 KB; cameras choose more.
PHOTOS = {
    "fits.jpg": ((960, 1280), 82),
    "too-large.jpg": ((2000, 1500), 55),
}


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    camera = photos.SETS["fits"]
    fields = drawing.Fields.make(photos.SEED, camera.lens)
    for name, (size, quality) in PHOTOS.items():
        file = FOLDER / name
        picture = drawing.draw(fields, size, camera.noise, f"{photos.SEED}/{name}")
        picture.save(file, "JPEG", quality=quality, subsampling="4:2:0")
        print(f"{file.stat().st_size} bytes: {file}")


if __name__ == "__main__":
    main()
