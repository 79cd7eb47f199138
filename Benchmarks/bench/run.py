# SPDX-License-Identifier: Apache-2.0
"""Measures facelib beside others, on this machine, in one go, and prints one table.

    python3 Benchmarks/bench/run.py                    everything, some sixteen minutes
    python3 Benchmarks/bench/run.py --quick            few photos, once each: whether it works, not how fast it is
    python3 Benchmarks/bench/run.py --only export      one row; may be given several times

Ends with status 1 when something could not be measured, whether or not goals are met.
"""

import argparse
import dataclasses
import json
import sys
import time
from pathlib import Path

sys.dont_write_bytecode = True

# The table has its rows in the order of these imports.
import bench  # noqa: E402
import rows_start  # noqa: E402, F401
import rows_check  # noqa: E402, F401
import rows_import  # noqa: E402, F401
import rows_export  # noqa: E402, F401
import rows_scale  # noqa: E402, F401
import table  # noqa: E402
import tools  # noqa: E402
from bench import ROWS, Bench, say  # noqa: E402
from measure import BenchmarkError  # noqa: E402
from results import MEBIBYTE, Line, at_most  # noqa: E402


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", action="append", choices=[row.name for row in ROWS], metavar="NAME")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--list", action="store_true", help="say what there is to measure")
    parser.add_argument("--repetitions", type=int, help="3 without it, 1 with --quick")
    parser.add_argument("--data", type=Path, default=bench.HERE.parent / ".data", help="where photos and results go")
    return parser.parse_args()


def memory(lines: list[Line]) -> list[Line]:
    """The most that any of facelib's runs held."""
    peaks = {line.what: line.ours.peak_bytes for line in lines if line.ours and line.ours.peak_bytes}
    if not peaks:
        return []
    highest = max(peaks, key=lambda what: peaks[what])
    return [
        Line(
            "memory, the most of all rows",
            beside=highest,
            value=peaks[highest] / MEBIBYTE,
            unit=" MiB",
            goal=at_most(128, " MiB"),
        )
    ]


def measure(measured: Bench, names: list[str] | None) -> tuple[list[Line], bool]:
    """The lines of all chosen rows; one that fails is told and does not stop the others."""
    lines: list[Line] = []
    is_whole = True
    for row in ROWS:
        if names and row.name not in names:
            continue
        say(f"  {row.name}: {row.what}")
        try:
            lines += row.measure(measured)
        except BenchmarkError as error:
            say(f"    {error}")
            lines.append(Line(row.name, note=f"{row.name} could not be measured: {error}"))
            is_whole = False
    return lines + memory(lines), is_whole


def main() -> int:
    asked = arguments()
    if asked.list:
        for row in ROWS:
            print(f"{row.name:16} {row.what}")
        return 0
    measured = Bench(
        asked.data.resolve(),
        bench.QUICK if asked.quick else bench.FULL,
        asked.repetitions or (1 if asked.quick else 3),
    )
    measured.data.mkdir(parents=True, exist_ok=True)
    try:
        tools.check()
        start = time.monotonic()
        lines, is_whole = measure(measured, asked.only)
        footer = [
            f"Medians of {measured.repetitions}; CPU seconds: the program's own + those of the simulated device, which "
            "runs on the same cores; × says how many times faster facelib is.",
            measured.places,
            *tools.versions(measured),
            f"Measured on {time.strftime('%Y-%m-%d')} in {(time.monotonic() - start) / 60:.1f} minutes.",
        ]
    except BenchmarkError as error:
        say(f"bench: {error}")
        return 1
    text = table.markdown(lines, footer)
    print(text, end="")
    (measured.data / "results.md").write_text(text)
    raw = {"footer": footer, "lines": [dataclasses.asdict(line) | {"is_met": line.is_met} for line in lines]}
    (measured.data / "results.json").write_text(json.dumps(raw, indent=1, ensure_ascii=False) + "\n")
    return 0 if is_whole else 1


if __name__ == "__main__":
    sys.exit(main())
