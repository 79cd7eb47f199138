# SPDX-License-Identifier: Apache-2.0
"""How fast portraits come out of a device, and out of its archives."""

import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import device
import facelib
import measure
import tools
from bench import HERE, Bench, Beside, Contender, Photos, Scratch, row, warm
from device import Device
from measure import BenchmarkError
from results import Figures, Line, at_least

PASSPHRASE = "Facelib-2026"
# As many portraits as a device puts into one archive at most.
ARCHIVE_LENGTH = 500
PYZIPPER = HERE / "contenders/extract_pyzipper.py"


def archives(bench: Bench, photos: Photos, length: int) -> list[Path]:
    """The photos in zips as a device makes them: stored, encrypted with AES-256."""
    folder = bench.data / "archives" / f"{photos.folder.name}-by-{length}"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    zips = []
    for first in range(0, len(photos), length):
        zips.append(folder / f"{first:07}.zip")
        listing = folder / "listing"
        listing.write_text("".join(f"{file.name}\n" for file in photos.files[first : first + length]))
        options = ["-tzip", "-mem=AES256", "-mx0", f"-p{PASSPHRASE}", "-bso0", "-bsp0"]
        subprocess.run(["7z", "a", *options, zips[-1], f"@{listing}"], cwd=photos.folder, check=True)
        listing.unlink()
    warm(zips)
    return zips


def seven_zip(zips: list[Path], verb: str) -> Contender:
    """`x` extracts, `t` reads every byte and writes nothing."""

    def run(scratch: Scratch) -> Figures:
        options = [f"-p{PASSPHRASE}", "-bso0", "-bsp0", f"-o{scratch.disk}"]
        # All zips of a folder in one run, as 7z takes them.
        return Figures.of(measure.run(["7z", verb, *options, zips[0].parent / "*.zip"]))

    return Contender(f"7z {verb}", run)


def pyzipper(bench: Bench, zips: list[Path], *, writes: bool) -> Contender:
    interpreter = tools.python(bench)

    def run(scratch: Scratch) -> Figures:
        where = ["--to", scratch.disk / "photos"] if writes else ["--read-only"]
        return Figures.of(measure.run([interpreter, PYZIPPER, passphrase_file(scratch.memory), *zips, *where]))

    return Contender("pyzipper" if writes else "pyzipper, reading", run)


def passphrase_file(folder: Path) -> Path:
    file = folder / "passphrase"
    file.touch(mode=0o600)
    file.write_text(PASSPHRASE + "\n")
    return file


def exporting(bench: Bench, photos: Photos, source: Device) -> Contender:
    """An export of everything that a device holds."""

    def run(scratch: Scratch) -> Figures:
        configuration = device.write_configuration(scratch.memory, source.url)
        target = scratch.disk / "photos"
        before = source.cpu_seconds()
        measured = measure.run(
            facelib.command(
                bench,
                "export",
                facelib.TARGET,
                target,
                "--config",
                configuration,
                state=scratch.disk / "state",
            )
        )
        used = source.cpu_seconds() - before
        if len(list(target.glob("*.jpg"))) != len(photos):
            raise BenchmarkError("not every portrait was exported")
        return Figures.of(measured, device_seconds=used)

    return Contender("facelib export", run)


@contextmanager
def full_device(bench: Bench, photos: Photos, *options: str) -> Iterator[Device]:
    """A device that holds the photos and encrypts its archives with AES-256."""
    with bench.scratch() as scratch, device.running(bench.simulator, scratch.memory / "device", *options) as target:
        configuration = device.write_configuration(scratch.memory, target.url)
        command = facelib.import_command(
            bench, photos.folder, "--quality", "off", state=scratch.disk / "state", configuration=configuration
        )
        measure.run(command)
        target.choose_aes_256()
        yield target


@row("export", "facelib export of a library, beside extracting the same photos with 7z and pyzipper")
def export(bench: Bench) -> list[Line]:
    photos = bench.photos("fits")
    zips = archives(bench, photos, ARCHIVE_LENGTH)
    beside = [
        Beside(seven_zip(zips, "x"), at_least(0.9)),
        Beside(pyzipper(bench, zips, writes=True), at_least(4)),
    ]
    # One device hands out the archives that it made for an export before, the other makes them anew.
    with full_device(bench, photos, "--keep-archives") as keeping, full_device(bench, photos) as making:
        with bench.scratch() as scratch:
            # In memory, where files leave nothing behind that those to come would pay for (Bench.median).
            exporting(bench, photos, keeping).run(Scratch(scratch.memory, scratch.memory))
        exports = [exporting(bench, photos, source) for source in (keeping, making)]
        ready, made, *theirs = bench.median([*exports, *(other.contender for other in beside)])
    what = f"export, {len(photos)} photos, fits, AES-256"
    variants = [
        (what, ready, "The device has its archives, from an export before, as 7z and pyzipper have theirs."),
        (what + ", made for it", made, "The device makes its archives first, on the same cores."),
    ]
    return [
        other.line(title, len(photos), ours, figures, note)
        for title, ours, note in variants
        for other, figures in zip(beside, theirs, strict=True)
    ]


@row("archive", "facelib check of an encrypted zip, beside 7z and pyzipper reading the same one")
def archive(bench: Bench) -> list[Line]:
    photos = bench.photos("fits")
    zips = archives(bench, photos, len(photos))
    with bench.scratch() as scratch:
        return bench.compare(
            f"reading a zip, {len(photos)} photos, fits, AES-256",
            len(photos),
            facelib.check(bench, zips[0], "--quality", "off", "--passphrase-file", passphrase_file(scratch.memory)),
            [
                Beside(seven_zip(zips, "t"), at_least(0.9)),
                Beside(pyzipper(bench, zips, writes=False), at_least(4)),
            ],
            "facelib check ZIP --quality off, 7z t and pyzipper read every byte and write no photo.",
        )
