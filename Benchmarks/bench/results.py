# SPDX-License-Identifier: Apache-2.0
"""What a row of the table is made of."""

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from measure import Measured

MEBIBYTE = 1_048_576


@dataclass(frozen=True)
class Figures:
    """What something cost, once or in the median."""

    seconds: float
    cpu_seconds: float | None = None
    peak_bytes: int | None = None
    # What the simulated device used meanwhile, on the same cores.
    device_seconds: float | None = None

    @staticmethod
    def of(measured: Measured, *, seconds: float | None = None, device_seconds: float | None = None) -> "Figures":
        """Of a program, with another time where the program takes its own."""
        return Figures(
            measured.seconds if seconds is None else seconds,
            measured.cpu_seconds,
            measured.peak_bytes,
            device_seconds,
        )

    @staticmethod
    def median(runs: Sequence["Figures"]) -> "Figures":
        """Medians of the times, the highest of the peaks."""

        def values(name: str) -> list[float]:
            return [value for run in runs if (value := getattr(run, name)) is not None]

        cpu, peaks, device = values("cpu_seconds"), values("peak_bytes"), values("device_seconds")
        return Figures(
            median(run.seconds for run in runs),
            median(cpu) if cpu else None,
            int(max(peaks)) if peaks else None,
            median(device) if device else None,
        )


@dataclass(frozen=True)
class Goal:
    """A bound, and on which side of it the value should be."""

    bound: float
    is_least: bool
    unit: str = ""

    def is_met(self, value: float) -> bool:
        return value >= self.bound if self.is_least else value <= self.bound

    def __str__(self) -> str:
        return f"{'≥' if self.is_least else '≤'} {self.bound:g}{self.unit}"


def at_least(bound: float, unit: str = "") -> Goal:
    return Goal(bound, True, unit)


def at_most(bound: float, unit: str = "") -> Goal:
    return Goal(bound, False, unit)


@dataclass(frozen=True)
class Line:
    """One line of the table: facelib, what it is seen beside, and what comes of it."""

    what: str
    # How many things were worked on, for rates.
    items: int | None = None
    ours: Figures | None = None
    beside: str = ""
    theirs: Figures | None = None
    # How many times faster facelib is where there is something beside it; else whatever the goal speaks of.
    value: float | None = None
    unit: str = ""
    goal: Goal | None = None
    note: str = ""

    @property
    def is_met(self) -> bool | None:
        """`None` where there is no goal, or nothing to hold against it."""
        return None if self.goal is None or self.value is None else self.goal.is_met(self.value)
