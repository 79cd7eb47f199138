# SPDX-License-Identifier: Apache-2.0
"""How fast portraits go into a device."""

import hashlib
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import device
import facelib
import measure
import others
from bench import Bench, Beside, Photos, row
from device import Device, Upload
from measure import BenchmarkError
from results import Figures, Line, at_least, at_most

# 4000 × 3/8 is 1500: libjpeg-turbo's smallest size with a long side of at least 1280.
SCALE_12MP = "3/8"


def imports(
    bench: Bench,
    kind: str,
    quality: str,
    beside: Callable[[Photos, Upload], list[Beside]],
    expecting: Callable[[Photos], Callable[[Device], None]] | None = None,
    note: str = "",
) -> list[Line]:
    """Imports a set in each way of sending, beside those who send in the same way."""
    photos = bench.photos(kind)
    examine = expecting(photos) if expecting else None
    return [
        line
        for upload in (device.JSON, device.FORM)
        for line in bench.compare(
            f"import, {len(photos)} photos, {kind}, {quality}, {upload.message}",
            len(photos),
            facelib.importing(bench, photos, quality, upload, examine),
            beside(photos, upload),
            note,
        )
    ]


@row("import-12mp", "facelib import of photos of 12 megapixels, beside decoding, Python and vipsthumbnail")
def import_12mp(bench: Bench) -> list[Line]:
    def beside(photos: Photos, upload: Upload) -> list[Beside]:
        python = Beside(others.python_import(bench, photos, upload), at_least(2.5))
        if upload == device.FORM:
            return [python]
        return [
            Beside(others.tjbench(bench, photos, SCALE_12MP), at_least(0.8)),
            Beside(others.decode_limit(bench, photos, "rgb", SCALE_12MP)),
            Beside(others.decode_limit(bench, photos, "planes", SCALE_12MP)),
            python,
            Beside(others.python_import(bench, photos, upload, debian_pillow=True)),
            Beside(others.vipsthumbnail(bench, photos)),
        ]

    return imports(bench, "12mp", "hr", beside)


@row("import-12mp-fine", "the same of photos with more detail and noise, beside Python")
def import_12mp_fine(bench: Bench) -> list[Line]:
    def beside(photos: Photos, upload: Upload) -> list[Beside]:
        return [Beside(others.python_import(bench, photos, upload), at_least(2.5))]

    return imports(bench, "12mp-fine", "hr", beside)


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
    def beside(photos: Photos, upload: Upload) -> list[Beside]:
        return [
            Beside(others.decode_limit(bench, photos, "grey", "1/8"), at_least(0.7)),
            Beside(others.decode_and_curl(bench, photos, "grey", "1/8", upload), at_least(0.7)),
            Beside(others.python_import(bench, photos, upload), at_least(2.5)),
            Beside(others.python_import(bench, photos, upload, keeps_fitting=True)),
        ]

    return imports(bench, "fits", "hr", beside, untouched, NO_ENCODES)


@row("import-fits-off", "facelib import of photos that fit, without the quality check, beside Python and curl")
def import_fits_unchecked(bench: Bench) -> list[Line]:
    def beside(photos: Photos, upload: Upload) -> list[Beside]:
        return [
            Beside(others.python_import(bench, photos, upload), at_least(5)),
            Beside(others.python_import(bench, photos, upload, keeps_fitting=True)),
            Beside(others.curl(bench, photos, upload), at_least(0.7)),
        ]

    return imports(bench, "fits", "off", beside, untouched, NO_ENCODES)


@row("again", "the same import once more: the calls that it takes to find all unchanged")
def again(bench: Bench) -> list[Line]:
    photos = bench.photos("fits")
    with bench.scratch() as scratch, device.running(bench.simulator, scratch.memory / "device") as target:
        configuration = device.write_configuration(scratch.memory, target.url)
        command = facelib.import_command(
            bench, photos.folder, state=scratch.disk / "state", configuration=configuration
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
    with bench.scratch() as scratch:
        single = scratch.disk / "single"
        single.mkdir()
        shutil.copy(photos.files[0], single)
        first, _ = syncs_of_import(bench, single)
    count, batches = syncs_of_import(bench, photos.folder)
    return [
        Line(
            f"syncs, import of {len(photos)} photos, fits",
            beside="syncs for each batch after the first",
            value=(count - first) / (batches - 1),
            goal=at_most(1),
            note=f"{count} syncs for {batches} batches; {first} with one batch, of a ledger that is made, of a job that "
            "begins and of one that ends.",
        )
    ]


def syncs_of_import(bench: Bench, folder: Path) -> tuple[int, int]:
    """How often an import of a folder waits for the disk, and how many batches it sends."""
    with bench.scratch() as scratch, device.running(bench.simulator, scratch.memory / "device") as target:
        configuration = device.write_configuration(scratch.memory, target.url)
        counted = scratch.memory / "strace"
        command = facelib.import_command(
            bench, folder, "--quality", "off", state=scratch.disk / "state", configuration=configuration
        )
        measure.run(["strace", "-f", "-c", "-e", "trace=fsync,fdatasync", "-o", counted, *command])
        found = re.findall(r"^\s*[\d.]+\s+[\d.]+\s+\d+\s+(\d+)\s.*?f(?:data)?sync$", counted.read_text(), re.MULTILINE)
        return sum(map(int, found)), target.state()["calls"]["1052"]
