# SPDX-License-Identifier: Apache-2.0
"""How long facelib takes to be there."""

from statistics import median

import measure
from bench import Bench, row
from results import Figures, Line, at_most

STARTS = 30


@row("start-up", "facelib --version")
def start_up(bench: Bench) -> list[Line]:
    runs = [Figures.of(measure.run([bench.facelib, "--version"])) for _ in range(STARTS)]
    milliseconds = median(run.seconds for run in runs) * 1000
    return [
        Line(
            f"start-up, median of {STARTS}",
            ours=Figures.median(runs),
            value=milliseconds,
            unit=" ms",
            goal=at_most(20, " ms"),
        )
    ]
