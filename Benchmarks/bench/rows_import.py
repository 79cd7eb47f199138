# SPDX-License-Identifier: Apache-2.0
"""How fast portraits go into a device."""

import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import device
import facelib
import measure
import others
from bench import Bench, Beside, Photos, row
from device import Device
from measure import BenchmarkError
from results import Figures, Line, at_least, at_most

# 4000 × 3/8 is 1500: libjpeg-turbo's smallest size with a long side of at least 1280.
SCALE_12MP = "3/8"


@row("import-12mp", "facelib import of photos of 12 megapixels, beside decoding, Python and vipsthumbnail")
def import_12mp(bench: Bench) -> list[Line]:
    photos = bench.photos("12mp")
    return bench.compare(
        f"import, {len(photos)} photos, 12mp",
        len(photos),
        facelib.importing(bench, photos, "hr"),
        [
            Beside(others.tjbench(bench, photos, SCALE_12MP), at_least(0.8)),
            Beside(others.decode_limit(bench, photos, "rgb", SCALE_12MP)),
            Beside(others.decode_limit(bench, photos, "planes", SCALE_12MP)),
            Beside(others.python_import(bench, photos, "1052"), at_least(2.5)),
            Beside(others.python_import(bench, photos, "1030"), at_least(2.5)),
            Beside(others.vipsthumbnail(bench, photos)),
        ],
    )


def digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def untouched(photos: Photos) -> Callable[[Device], None]:
    """Looks whether a device has received every photo byte for byte."""
    expected = {file.name.split("_")[1]: digest(file) for file in photos.files}

    def examine(target: Device) -> None:
        received = {img_id: portrait["received_sha256"] for img_id, portrait in target.portraits().items()}
        changed = sum(received.get(img_id) != wanted for img_id, wanted in expected.items())
        if changed:
            raise BenchmarkError(f"{changed} photos that fit were not sent as they are")

    return examine


NO_ENCODES = "Every image that the device received has the bytes of its file: nothing was encoded again."


@row("import-fits-hr", "facelib import of photos that fit, with the quality check, beside grey decoding and Python")
def import_fits_checked(bench: Bench) -> list[Line]:
    photos = bench.photos("fits")
    return bench.compare(
        f"import, {len(photos)} photos, fits, --quality hr",
        len(photos),
        facelib.importing(bench, photos, "hr", untouched(photos)),
        [
            Beside(others.decode_limit(bench, photos, "grey", "1/8"), at_least(0.7)),
            Beside(others.python_import(bench, photos, "1052"), at_least(2.5)),
            Beside(others.python_import(bench, photos, "1030"), at_least(2.5)),
        ],
        NO_ENCODES,
    )


@row("import-fits-off", "facelib import of photos that fit, without the quality check, beside Python and curl")
def import_fits_unchecked(bench: Bench) -> list[Line]:
    photos = bench.photos("fits")
    return bench.compare(
        f"import, {len(photos)} photos, fits, --quality off",
        len(photos),
        facelib.importing(bench, photos, "off", untouched(photos)),
        [
            Beside(others.python_import(bench, photos, "1052"), at_least(5)),
            Beside(others.python_import(bench, photos, "1030"), at_least(5)),
            Beside(others.curl(bench, photos), at_least(0.7)),
        ],
        NO_ENCODES,
    )


@row("again", "the same import once more: the calls that it takes to find all unchanged")
def again(bench: Bench) -> list[Line]:
    photos = bench.photos("fits")
    with bench.scratch() as scratch, device.running(bench.simulator, scratch / "device") as target:
        configuration = device.write_configuration(scratch, target.url)
        command = facelib.import_command(
            bench, photos.folder, state=scratch / "state", configuration=configuration
        )
        measure.run(command)
        runs, calls = [], 0
        for _ in range(bench.repetitions):
            target.reset_calls()
            before = target.cpu_seconds()
            measured = measure.run(command)
            runs.append(Figures.of(measured, device_seconds=target.cpu_seconds() - before))
            calls = max(calls, sum(target.state()["calls"].values()))
    pages = -(-len(photos) // 50)
    return [
        Line(
            f"again, {len(photos)} photos, all unchanged",
            len(photos),
            Figures.median(runs),
            f"calls beyond {len(photos)}/50",
            value=calls - pages,
            goal=at_most(10),
            note=f"{calls} calls, of them {pages} pages of 50 and {calls - pages} others.",
        )
    ]


@row("syncs", "how often an import waits for the disk")
def syncs(bench: Bench) -> list[Line]:
    photos = bench.photos("fits")
    with bench.scratch() as scratch, device.running(bench.simulator, scratch / "device") as target:
        configuration = device.write_configuration(scratch, target.url)
        counted = scratch / "strace"
        strace = ["strace", "-f", "-c", "-e", "trace=fsync,fdatasync", "-o", counted]
        measure.run(
            strace
            + facelib.import_command(
                bench, photos.folder, "--quality", "off", state=scratch / "state", configuration=configuration
            )
        )
        found = re.findall(r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s.*?f(?:data)?sync$", counted.read_text(), re.MULTILINE)
        batches = target.state()["calls"]["1052"]
    count = sum(map(int, found))
    return [
        Line(
            f"syncs, import of {len(photos)} photos, fits",
            beside="syncs a batch",
            value=count / batches,
            note=f"{count} syncs for {batches} batches.",
        )
    ]
