# SPDX-License-Identifier: Apache-2.0
"""Counts the instructions of the hot paths and holds them against Benchmarks/thresholds.json.

    python3 Benchmarks/bench/check_counts.py                 all six
    python3 Benchmarks/bench/check_counts.py judge unzip     these only
    python3 Benchmarks/bench/check_counts.py --update        writes the new counts down

A path is walked N times and 2 N times under callgrind; what the second run takes more is what N walks take, without the
start and the end of the program. Unlike times, counts are the same on a busy machine, and all but the same on another
one. Ends with status 1 when a path takes more than it may.
"""

import argparse
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
PROGRAM = PACKAGE / ".build/release/hot-paths"
THRESHOLDS = PACKAGE / "thresholds.json"
# How much more than is written down a path may take that is not written down yet.
TOLERANCE = 0.03

# What libraries would choose by the processor, the machine or by chance.
ENVIRONMENT = {
    "PATH": "/usr/bin:/bin",
    "LC_ALL": "C",
    # libjpeg-turbo, libc, and nettle, which shall take AES from the processor and SHA-1 not.
    "JSIMD_FORCESSE2": "1",
    "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-AVX_Fast_Unaligned_Load,-ERMS,-FSRM"
    ":glibc.cpu.x86_non_temporal_threshold=0x1000000",
    "NETTLE_FAT_OVERRIDE": "vendor:intel,aesni",
    # The order of sets and dictionaries.
    "SWIFT_DETERMINISTIC_HASHING": "1",
}


class CountingError(Exception):
    """Something could not be counted."""


@dataclass(frozen=True)
class HotPath:
    """What is walked, so many times that the difference does not depend on chance."""

    name: str
    walks: int
    files: tuple[str, ...] = ()

    def count(self, program: Path) -> int:
        """Instructions of one walk."""
        once, twice = (self._collected(program, walks) for walks in (self.walks, self.walks * 2))
        return round((twice - once) / self.walks)

    def _collected(self, program: Path, walks: int) -> int:
        files = [PACKAGE / "Fixtures" / file for file in self.files]
        valgrind = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"]
        run = subprocess.run(
            # Without chance in where things lie in memory.
            ["setarch", "--addr-no-randomize", *valgrind, program, self.name, str(walks), *files],
            env={**ENVIRONMENT, "TMPDIR": str(program.parent)},
            capture_output=True,
            text=True,
        )
        found = re.search(r"Collected : (\d+)", run.stderr)
        if run.returncode or not found:
            raise CountingError(f"{self.name} ended with status {run.returncode}: {run.stderr.strip()[-1000:]}")
        return int(found[1])


PATHS = (
    HotPath("header-probe", 10),
    HotPath("judge", 10, ("fits.jpg",)),
    HotPath("convert", 5, ("too-large.jpg",)),
    HotPath("base64", 50),
    HotPath("unzip", 4),
    # 25 groups of 128 rows are whole numbers of batches and of confirmations.
    HotPath("ledger", 25),
)


@contextmanager
def stripped_program() -> Iterator[Path]:
    """The program in a folder of its own, without what debuggers need: Debian's valgrind stumbles over Swift's."""
    missing = [program for program in ("setarch", "strip", "valgrind") if not shutil.which(program)]
    if missing:
        raise CountingError(f"{' and '.join(missing)} missing: scripts/install-packages.sh --for-benchmarks")
    if not PROGRAM.is_file():
        raise CountingError(f"{PROGRAM} is not there: swift build --package-path Benchmarks -c release")
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as folder:
        program = Path(folder) / PROGRAM.name
        subprocess.run(["strip", "--strip-debug", "-o", program, PROGRAM], check=True)
        yield program


def told(path: HotPath, program: Path, threshold: dict | None) -> tuple[int, bool]:
    """Counts, prints a line of the table, and says whether the path takes no more than it may."""
    count = path.count(program)
    if threshold is None:
        print(f"{path.name:14}{count:>16,}{'not written down':>27}", flush=True)
        return count, False
    ratio = count / threshold["instructions"]
    bound = 1 + threshold["tolerance"]
    is_met = ratio <= bound
    figures = f"{count:>16,}{threshold['instructions']:>16,}{ratio:>11.4f}{bound:>8.2f}"
    print(f"{path.name:14}{figures}  {'ok' if is_met else 'TOO MANY'}", flush=True)
    return count, is_met


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", choices=[[], *(path.name for path in PATHS)], metavar="NAME")
    parser.add_argument("--update", action="store_true", help="write the new counts down")
    asked = parser.parse_args()
    chosen = [path for path in PATHS if not asked.names or path.name in asked.names]
    thresholds = json.loads(THRESHOLDS.read_text()) if THRESHOLDS.is_file() else {}
    counts: dict[str, int] = {}
    high = []
    try:
        with stripped_program() as program:
            print(f"{'path':14}{'instructions':>16}{'written down':>16}{'ratio':>11}{'may be':>8}")
            for path in chosen:
                counts[path.name], is_met = told(path, program, thresholds.get(path.name))
                if not is_met:
                    high.append(path.name)
    except CountingError as error:
        print(f"check_counts: {error}", file=sys.stderr)
        return 1
    if asked.update:
        for name, count in counts.items():
            tolerance = thresholds.get(name, {}).get("tolerance", TOLERANCE)
            thresholds[name] = {"instructions": count, "tolerance": tolerance}
        ordered = {path.name: thresholds[path.name] for path in PATHS if path.name in thresholds}
        THRESHOLDS.write_text(json.dumps(ordered, indent=4) + "\n")
        return 0
    if high:
        print(
            f"More than they may: {', '.join(high)}. Find out why; where it must be, --update writes it down.",
            file=sys.stderr,
        )
    return 1 if high else 0


if __name__ == "__main__":
    sys.exit(main())
