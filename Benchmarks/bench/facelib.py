# SPDX-License-Identifier: Apache-2.0
"""facelib, as it is measured: a whole command, from its start to its end, with a new ledger."""

from collections.abc import Callable
from pathlib import Path

import device
import measure
from bench import Bench, Contender, Photos, Scratch
from device import Device, Upload
from results import Figures

TARGET = f"device:{device.LIBRARY}"


def command(bench: Bench, verb: str, *arguments: str | Path, state: Path) -> list[str | Path]:
    return [bench.facelib, *verb.split(), *arguments, "--state", state, "--no-progress", "--quiet"]


def import_command(
    bench: Bench, source: Path, *options: str | Path, state: Path, configuration: Path
) -> list[str | Path]:
    return command(
        bench,
        "import",
        source,
        TARGET,
        "--create",
        "whitelist",
        "--config",
        configuration,
        *options,
        state=state,
    )


def check(bench: Bench, source: Path, *options: str | Path) -> Contender:
    def run(scratch: Scratch) -> Figures:
        return Figures.of(measure.run(command(bench, "check", source, *options, state=scratch.disk / "state")))

    return Contender("facelib check", run)


def importing(
    bench: Bench,
    photos: Photos,
    quality: str,
    upload: Upload = device.JSON,
    examine: Callable[[Device], None] | None = None,
) -> Contender:
    """An import into an empty device; `examine` looks at what came of it."""

    def run(scratch: Scratch) -> Figures:
        with device.running(bench.simulator, scratch.memory / "device") as target:
            configuration = device.write_configuration(scratch.memory, target.url, upload=upload.setting)
            before = target.cpu_seconds()
            measured = measure.run(
                import_command(
                    bench,
                    photos.folder,
                    "--quality",
                    quality,
                    state=scratch.disk / "state",
                    configuration=configuration,
                )
            )
            used = target.cpu_seconds() - before
            target.expect_stored(len(photos))
            if examine:
                examine(target)
            return Figures.of(measured, device_seconds=used)

    return Contender("facelib import", run)
