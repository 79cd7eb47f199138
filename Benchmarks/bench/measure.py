# SPDX-License-Identifier: Apache-2.0
"""Runs a program and tells what it cost."""

import os
import subprocess
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


class BenchmarkError(Exception):
    """A program did not do what was to be measured, so there is nothing to tell."""


@dataclass(frozen=True)
class Measured:
    """One run of a program, together with the processes that it started and waited for."""

    seconds: float
    cpu_seconds: float
    # Of the largest process. Linux counts what the parent held at the fork too, so it is never below the size of
    # this harness, some 30 MiB.
    peak_bytes: int
    output: str
    errors: str


def run(
    command: Sequence[str | Path],
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    allowed: Sequence[int] = (0,),
) -> Measured:
    """Runs a program to its end; an exit status that is not allowed is an error."""
    # What an earlier program left to be written to the disk is none of this one's business.
    os.sync()
    with tempfile.TemporaryFile("w+") as output, tempfile.TemporaryFile("w+") as errors:
        start = time.monotonic()
        process = subprocess.Popen(
            [str(part) for part in command],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=errors,
            env={**os.environ, **(environment or {})},
            cwd=folder,
        )
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        errors.seek(0)
        measured = Measured(
            seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024, output.read(), errors.read()
        )
    if process.returncode not in allowed:
        words = (measured.errors or measured.output).strip()[-2000:]
        raise BenchmarkError(f"{shown(command)} ended with status {process.returncode}: {words}")
    return measured


def cpu_seconds(pid: int) -> float:
    """What a running process has used so far."""
    # The second field is the program's name in brackets and may hold anything.
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def shown(command: Sequence[str | Path]) -> str:
    """A command for people, without its thousands of files."""
    words = [str(part) for part in command]
    return " ".join(words[:8]) + (" …" if len(words) > 8 else "")
