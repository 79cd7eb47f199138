# SPDX-License-Identifier: Apache-2.0
"""How fast facelib says which photos would be rejected."""

from statistics import median

import facelib
import measure
import others
from bench import Bench, Beside, row
from results import Figures, Line, at_least


def check(bench: Bench, kind: str) -> list[Line]:
    photos = bench.photos(kind)
    limit = others.decode_limit(bench, photos, "grey", "1/8")
    return bench.compare(
        f"check, {len(photos)} photos, {kind}",
        len(photos),
        facelib.check(bench, photos.folder),
        [Beside(limit, at_least(0.8))],
    )


@row("check-12mp", "facelib check of photos of 12 megapixels, beside decoding them to grey at 1/8")
def check_12mp(bench: Bench) -> list[Line]:
    return check(bench, "12mp")


@row("check-1.5mp", "facelib check of photos a little too large for a device, beside decoding them to grey at 1/8")
def check_one_and_a_half(bench: Bench) -> list[Line]:
    return check(bench, "1.5mp")


@row("headers", "reading the headers of photos that fit")
def headers(bench: Bench) -> list[Line]:
    program = bench.program("hot-paths")
    what = "reading headers, fits"
    if program is None:
        return [Line(what, note="hot-paths is not built: cd Benchmarks && swift build -c release")]
    photos = bench.photos("fits")
    seconds = median(
        float(measure.run([program, "header-probe", "1", *photos.files]).output) for _ in range(bench.repetitions)
    )
    return [
        Line(
            what,
            len(photos),
            Figures(seconds * len(photos)),
            "a photo",
            value=seconds * 1_000_000,
            unit=" µs",
            note="hot-paths header-probe; the time of the headers alone, not of reading the files.",
        )
    ]
