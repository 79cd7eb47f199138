# SPDX-License-Identifier: Apache-2.0
"""Makes a folder of photos with batch file names, once: a folder with a fitting stamp is used as it is.

    /usr/bin/python3 photos.py 12mp 160 FOLDER

The same arguments draw the same pictures. Needs Debian's python3-numpy and python3-pil.
"""

import argparse
import json
import os
import random
import shutil
import sys
import time
from dataclasses import asdict, dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import drawing

sys.dont_write_bytecode = True

# To be raised whenever the same set draws other pictures.
VERSION = 2
SEED = 20261122

GIVEN_NAMES = "Ann Berit Carl Doris Emil Frieda Georg Hanna Ida Jonas Leila Mateo Nuru Olga Paavo Rosa".split()
FAMILY_NAMES = "Acker Birk Claasen Dorn Ebert Falk Grau Holm Iversen Jung Kovac Lund Moser Nagy".split()
TOWNS = "Oslo Tunis Lyon Graz Porto Turku Ghent Split Quito Kyoto Leeds Bern".split()


@dataclass(frozen=True)
class PhotoSet:
    """What the photos of a set have in common."""

    size: tuple[int, int]
    quality: int
    # Where the lens gives up, in waves a pixel.
    lens: float = 0.2
    # The spread of the sensor's noise.
    noise: float = 1.25


# `12mp` is drawn to cost a decoder what docs/decisions/0024 says, `12mp-fine` has more detail and noise. Of the set that
# fits, the quality keeps photos at some 200 KB. Small ones are for jobs of very many rows, where it is not the photos
# that matter.
SETS = {
    "12mp": PhotoSet((4000, 3000), 88, lens=0.1, noise=0.75),
    "12mp-fine": PhotoSet((4000, 3000), 93),
    "1.5mp": PhotoSet((1400, 1050), 95),
    "fits": PhotoSet((960, 1280), 82),
    "small": PhotoSet((180, 240), 60),
}


def file_name(kind: str, number: int) -> str:
    """A batch file name, Name_imgid_Identity_Gender_Age_Address.jpg, of somebody who does not exist."""
    chance = random.Random(f"{SEED}/name/{kind}/{number}")
    name = f"{chance.choice(GIVEN_NAMES)} {chance.choice(FAMILY_NAMES)}"
    gender, age, town = chance.randint(0, 1), chance.randint(18, 66), chance.choice(TOWNS)
    return f"{name}_E-{number:06}_#_{gender}_{age}_{town}.jpg"


def draw_share(kind: str, fields: "drawing.Fields", numbers: range, folder: Path) -> None:
    import drawing

    photos = SETS[kind]
    for number in numbers:
        picture = drawing.draw(fields, photos.size, photos.noise, f"{SEED}/{kind}/{number}")
        picture.save(folder / file_name(kind, number), "JPEG", quality=photos.quality, subsampling="4:2:0")


def make(kind: str, count: int, folder: Path) -> None:
    import drawing

    # The folder gets its name when it is whole.
    unfinished = folder.with_name(folder.name + ".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    fields = drawing.Fields.make(SEED, SETS[kind].lens)
    jobs = os.cpu_count() or 1
    # Forked processes share the fields' 128 MiB.
    context = get_context("fork")
    processes = [
        context.Process(target=draw_share, args=(kind, fields, range(first, count, jobs), unfinished))
        for first in range(jobs)
    ]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        sys.exit("not all photos could be drawn")
    shutil.rmtree(folder, ignore_errors=True)
    unfinished.rename(folder)
    stamp_file(folder).write_text(stamp(kind, count))


def stamp_file(folder: Path) -> Path:
    """Beside the folder, not in it, so that the folder holds photos only."""
    return folder.with_name(folder.name + ".stamp")


def stamp(kind: str, count: int) -> str:
    return json.dumps({"version": VERSION, "kind": kind, "count": count, **asdict(SETS[kind])})


def is_made(kind: str, count: int, folder: Path) -> bool:
    return folder.is_dir() and stamp_file(folder).is_file() and stamp_file(folder).read_text() == stamp(kind, count)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("kind", choices=SETS)
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    asked = parser.parse_args()
    if is_made(asked.kind, asked.count, asked.folder):
        return
    start = time.monotonic()
    make(asked.kind, asked.count, asked.folder)
    size = sum(file.stat().st_size for file in asked.folder.iterdir())
    print(
        f"{asked.count} photos of {size // asked.count // 1000} KB on average in {time.monotonic() - start:.1f} s: "
        f"{asked.folder}",
        file=sys.stderr,
    )


if __name__ == "__main__":
    main()
