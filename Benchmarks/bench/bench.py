# SPDX-License-Identifier: Apache-2.0
"""Where everything is, how much of it there is, and how contenders are run side by side."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from free_memory import FreeMemory, meminfo
from measure import BenchmarkError
from results import Figures, Goal, Line

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parent.parent

# A file system in memory, and how much room it must have to be used: a device that makes archives of all that it holds
# takes twice what the photos take, and as much again is left to the programs.
MEMORY = Path("/dev/shm")
ROOM = 4 << 30

# Photos of each set, and rows of the large jobs.
FULL = {"12mp": 160, "12mp-fine": 160, "1.5mp": 600, "fits": 2000, "small": 32, "rows": 1_000_000}
QUICK = {"12mp": 24, "12mp-fine": 24, "1.5mp": 80, "fits": 200, "small": 32, "rows": 50_000}


@dataclass(frozen=True)
class Photos:
    """A folder of photos."""

    folder: Path
    files: tuple[Path, ...]

    def __len__(self) -> int:
        return len(self.files)


@dataclass(frozen=True)
class Scratch:
    """Two new folders that are deleted afterwards."""

    # For the simulated device, whose file system is not what is measured, and for what is written by the way.
    memory: Path
    # For facelib's ledger, whose waits for the disk are to be real, and for what is exported or extracted.
    disk: Path


@dataclass(frozen=True)
class Contender:
    """Something that does the work once, in new folders."""

    name: str
    run: Callable[[Scratch], Figures]


@dataclass(frozen=True)
class Beside:
    """A contender that facelib is seen beside."""

    contender: Contender
    goal: Goal | None = None

    def line(self, what: str, items: int, ours: Figures, theirs: Figures, note: str) -> Line:
        """The line that holds facelib against it."""
        value = theirs.seconds / ours.seconds
        return Line(what, items, ours, self.contender.name, theirs, value, goal=self.goal, note=note)


@dataclass
class Bench:
    """One run of the benchmarks."""

    data: Path
    counts: dict[str, int]
    repetitions: int
    cores: int = field(default_factory=lambda: len(os.sched_getaffinity(0)))

    @property
    def facelib(self) -> Path:
        return self._built(REPOSITORY / ".build/release/facelib", "make build")

    @property
    def simulator(self) -> Path:
        return self._built(REPOSITORY / ".build/release/facelib-simulator", "make build")

    def program(self, name: str) -> Path | None:
        """A program of the benchmarks' own package; `None` if it was not built."""
        path = HERE.parent / ".build/release" / name
        return path if path.is_file() else None

    def photos(self, kind: str) -> Photos:
        """The photos of a set, made if they are not there."""
        folder = self.data / "photos" / f"{kind}-{self.counts[kind]}"
        # Debian's Python, which has Debian's numpy and Pillow, whatever python3 is.
        subprocess.run(["/usr/bin/python3", HERE / "photos.py", kind, str(self.counts[kind]), folder], check=True)
        files = tuple(sorted(folder.iterdir()))
        warm(files)
        return Photos(folder, files)

    @cached_property
    def memory(self) -> Path | None:
        """Where files are kept in memory; `None` where there is no room for that."""
        has_room = MEMORY.is_dir() and min(shutil.disk_usage(MEMORY).free, meminfo("MemAvailable")) >= ROOM
        return MEMORY if has_room else None

    @property
    def places(self) -> str:
        """Says for the foot of the table where files are kept."""
        disk = self.data.relative_to(REPOSITORY) if self.data.is_relative_to(REPOSITORY) else self.data
        device = f"in memory ({self.memory})" if self.memory else f"in {disk}, since {MEMORY} has too little room,"
        return (
            f"The simulated device keeps its data {device} for all alike; photos, archives, the ledger of facelib and "
            f"all that is exported or extracted are on the disk of {disk}."
        )

    @contextmanager
    def scratch(self, within: Path | None = None) -> Iterator[Scratch]:
        """New folders, and nothing of them afterwards; but what is on disk stays within a folder that is named."""
        disk = self._disk
        with (
            tempfile.TemporaryDirectory(prefix="facelib-bench-", dir=self.memory or disk) as in_memory,
            nullcontext(tempfile.mkdtemp(dir=within)) if within else tempfile.TemporaryDirectory(dir=disk) as on_disk,
        ):
            yield Scratch(Path(in_memory), Path(on_disk))

    @cached_property
    def _free_memory(self) -> FreeMemory:
        return FreeMemory(self.data)

    @property
    def _disk(self) -> Path:
        disk = self.data / "scratch"
        disk.mkdir(parents=True, exist_ok=True)
        return disk

    def median(self, contenders: Sequence[Contender]) -> list[Figures]:
        """Runs contenders in turn, in every repetition another one first."""
        runs: list[list[Figures]] = [[] for _ in contenders]
        # Files are removed when all have run: for some minutes ext4 looks at each inode that was freed before it
        # takes another, so whoever writes files next would pay for those that another one has written.
        with tempfile.TemporaryDirectory(dir=self._disk) as kept:
            for repetition in range(self.repetitions):
                for place in range(len(contenders)):
                    index = (place + repetition) % len(contenders)
                    self._free_memory.fill()
                    with self.scratch(Path(kept)) as scratch:
                        figures = contenders[index].run(scratch)
                    say(f"    {contenders[index].name}: {figures.seconds:.3f} s")
                    runs[index].append(figures)
        return [Figures.median(figures) for figures in runs]

    def compare(
        self, what: str, items: int, facelib: Contender, beside: Sequence[Beside], note: str = ""
    ) -> list[Line]:
        """A line for each contender that facelib is beside; the value says how many times faster facelib is."""
        ours, *others = self.median([facelib, *(other.contender for other in beside)])
        return [other.line(what, items, ours, theirs, note) for other, theirs in zip(beside, others, strict=True)]

    @staticmethod
    def _built(path: Path, how: str) -> Path:
        if not path.is_file():
            raise BenchmarkError(f"{path} is not there: {how}")
        return path


def warm(files: Iterable[Path]) -> None:
    """Has the files in the system's memory, so that no contender reads them from the disk for the others."""
    # In small pieces: a program that is started counts what this process holds as its own (measure.Measured).
    for file in files:
        with file.open("rb", buffering=0) as stream:
            while stream.read(1 << 16):
                pass


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


@dataclass(frozen=True)
class Row:
    """What `--only` names: a function that measures, and gives lines of the table."""

    name: str
    what: str
    measure: Callable[[Bench], list[Line]]


ROWS: list[Row] = []


def row(name: str, what: str) -> Callable[[Callable[[Bench], list[Line]]], Callable[[Bench], list[Line]]]:
    """Enters a function into the rows, in the order in which the files are imported."""

    def enter(function: Callable[[Bench], list[Line]]) -> Callable[[Bench], list[Line]]:
        ROWS.append(Row(name, what, function))
        return function

    return enter
