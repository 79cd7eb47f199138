# SPDX-License-Identifier: Apache-2.0
"""facelib, as it is measured: a whole command, from its start to its end, with a new ledger."""

from collections.abc import Callable
from pathlib import Path

import device
import measure
from bench import Bench, Contender, Photos
from device import Device
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
    def run(scratch: Path) -> Figures:
        return Figures.of(measure.run(command(bench, "check", source, *options, state=scratch / "state")))

    return Contender("facelib check", run)


def importing(
    bench: Bench, photos: Photos, quality: str, examine: Callable[[Device], None] | None = None
) -> Contender:
    """An import into an empty device; `examine` looks at what came of it."""

    def run(scratch: Path) -> Figures:
        with device.running(bench.simulator, scratch / "device") as target:
            configuration = device.write_configuration(scratch, target.url)
            before = target.cpu_seconds()
            measured = measure.run(
                import_command(
                    bench,
                    photos.folder,
                    "--quality",
                    quality,
                    state=scratch / "state",
                    configuration=configuration,
                )
            )
            used = target.cpu_seconds() - before
            target.expect_stored(len(photos))
            if examine:
                examine(target)
            return Figures.of(measured, device_seconds=used)

    return Contender("facelib import", run)
