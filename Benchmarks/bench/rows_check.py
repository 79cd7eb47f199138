# SPDX-License-Identifier: Apache-2.0
"""How fast facelib says which photos would be rejected."""

from pathlib import Path

import facelib
import measure
import others
from bench import Bench, Beside, Contender, Scratch, row
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


@row("headers", "reading the headers of photos, by hot-paths, beside decoding them to grey at 1/8")
def headers(bench: Bench) -> list[Line]:
    program = bench.program("hot-paths")
    if program is None:
        return [Line("headers", note="hot-paths is not built: cd Benchmarks && swift build -c release")]
    return [line for kind in ("12mp", "1.5mp") for line in headers_of(bench, program, kind)]


def headers_of(bench: Bench, program: Path, kind: str) -> list[Line]:
    photos = bench.photos(kind)

    def probe(_: Scratch) -> Figures:
        # The program says the seconds of a photo, without those of reading its file.
        measured = measure.run([program, "header-probe", "1", *photos.files])
        return Figures(float(measured.output) * len(photos))

    return bench.compare(
        f"headers, {len(photos)} photos, {kind}",
        len(photos),
        Contender("hot-paths header-probe", probe),
        [Beside(others.decode_limit(bench, photos, "grey", "1/8"), at_least(20))],
        "hot-paths header-probe, on one core; the files are in memory. A header is read to the end of its file, so that a "
        "picture that was cut short is found without decoding.",
    )
