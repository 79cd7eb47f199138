# SPDX-License-Identifier: Apache-2.0
"""What facelib is seen beside when portraits go in: limits of the machine, and tools that others would use."""

import re
import shutil
import subprocess
from collections.abc import Callable, Sequence
from pathlib import Path

import device
import measure
import tools
from bench import HERE, Bench, Contender, Photos, Scratch, warm
from device import Device, Upload
from results import Figures

TJBENCH_SAMPLE = 8
CONTENDERS = HERE / "contenders"


def decode_limit(bench: Bench, photos: Photos, output: str, scale: str) -> Contender:
    """Decoding alone, on all cores, of files that are in memory."""
    program = tools.decode_limit(bench)

    def run(_: Scratch) -> Figures:
        measured = measure.run([program, output, scale, str(bench.cores), *photos.files])
        return Figures.of(measured, seconds=float(measured.output))

    shown = {"grey": "grey", "planes": "YCbCr planes", "rgb": "RGB"}[output]
    return Contender(f"decoding to {shown} at {scale}, {bench.cores} cores", run)


def tjbench(bench: Bench, photos: Photos, scale: str) -> Contender:
    """What tjbench says of a sample, one process a core, as seconds for all photos."""
    sample = photos.files[:: max(1, len(photos) // TJBENCH_SAMPLE)][:TJBENCH_SAMPLE]

    def frames(files: Sequence[Path]) -> list[float]:
        """Frames a second of files that are decoded side by side."""
        options = ["-scale", scale, "-nowrite", "-benchtime", "0.5", "-warmup", "0.2"]
        processes = [subprocess.Popen(["tjbench", file, *options], stdout=subprocess.PIPE, text=True) for file in files]
        replies = [process.communicate()[0] for process in processes]
        return [float(re.findall(r"Decompress.*Frame rate:\s+([\d.]+) fps", reply)[0]) for reply in replies]

    def run(_: Scratch) -> Figures:
        rates = [
            rate for first in range(0, len(sample), bench.cores) for rate in frames(sample[first : first + bench.cores])
        ]
        mean_seconds = sum(1 / rate for rate in rates) / len(rates)
        return Figures(mean_seconds * len(photos) / bench.cores)

    return Contender(f"tjbench at {scale}, {bench.cores} cores", run)


def _with_device(bench: Bench, photos: Photos, work: Callable[[Device, int], list[str | Path]]) -> Callable:
    """Runs a command that fills a new library of an empty device."""

    def run(scratch: Scratch) -> Figures:
        with device.running(bench.simulator, scratch.memory / "device") as target:
            command = work(target, target.create_library())
            before = target.cpu_seconds()
            measured = measure.run(command)
            used = target.cpu_seconds() - before
            target.expect_stored(len(photos))
            return Figures.of(measured, device_seconds=used)

    return run


def python_import(
    bench: Bench, photos: Photos, upload: Upload, *, keeps_fitting: bool = False, debian_pillow: bool = False
) -> Contender:
    """Pillow's own package brings its libjpeg-turbo; Debian's decodes with the one that facelib has."""
    interpreter = [tools.python(bench)]
    if debian_pillow:
        interpreter = ["env", "PYTHONPATH=/usr/lib/python3/dist-packages", *interpreter]
    options = ["--message", upload.message, *(["--keep-fitting"] if keeps_fitting else [])]

    def work(target: Device, library: int) -> list[str | Path]:
        return [*interpreter, CONTENDERS / "import_tool.py", target.url, str(library), photos.folder, *options]

    what = ", keeping what fits" if keeps_fitting else ", Debian's Pillow" if debian_pillow else ""
    name = f"Python, {upload.message}{what}"
    return Contender(name, _with_device(bench, photos, work))


def _curl(bench: Bench, photos: Photos, upload: Upload) -> Callable[[Device, int], list[str | Path]]:
    """The bodies are written beforehand; a new device's first library has the id 1."""
    bodies = bench.data / "bodies" / f"{photos.folder.name}-{upload.message}"
    script = CONTENDERS / "post_with_curl.py"
    shutil.rmtree(bodies, ignore_errors=True)
    subprocess.run(["/usr/bin/python3", script, "write", upload.message, photos.folder, bodies, "1"], check=True)
    warm(sorted(bodies.iterdir()))

    def command(target: Device, library: int) -> list[str | Path]:
        assert library == 1
        return ["/usr/bin/python3", script, "post", upload.message, bodies, target.url, target.login()]

    return command


def curl(bench: Bench, photos: Photos, upload: Upload) -> Contender:
    """The same bytes into the same device, by somebody who looks at nothing."""
    return Contender(
        f"curl, {upload.message}, the same bytes", _with_device(bench, photos, _curl(bench, photos, upload))
    )


def decode_and_curl(bench: Bench, photos: Photos, output: str, scale: str, upload: Upload) -> Contender:
    """What no import that looks at its photos can do without: they are decoded, and the device takes them."""
    program = tools.decode_limit(bench)
    posting = _curl(bench, photos, upload)

    def work(target: Device, library: int) -> list[str | Path]:
        decoding = [program, output, scale, str(bench.cores), *photos.files]
        return ["/usr/bin/python3", CONTENDERS / "at_once.py", *decoding, "--", *posting(target, library)]

    return Contender(
        f"decoding to {output} at {scale} and curl, {upload.message}, at once", _with_device(bench, photos, work)
    )


def vipsthumbnail(bench: Bench, photos: Photos) -> Contender:
    """Only the pictures, nothing is sent: a process a core, each with its share of the files."""

    def run(scratch: Scratch) -> Figures:
        listing = scratch.memory / "files"
        listing.write_text("".join(f"{file}\0" for file in photos.files))
        share = -(-len(photos) // bench.cores)
        shares = ["xargs", f"--arg-file={listing}", "--null", f"--max-args={share}", f"--max-procs={bench.cores}"]
        command = [*shares, "vipsthumbnail", "--size=1280x1280", f"--output={scratch.memory}/%s.jpg[Q=90]"]
        return Figures.of(measure.run(command, environment={"VIPS_CONCURRENCY": "1"}))

    return Contender("vipsthumbnail, no upload", run)


__all__ = ["curl", "decode_and_curl", "decode_limit", "python_import", "tjbench", "vipsthumbnail"]
