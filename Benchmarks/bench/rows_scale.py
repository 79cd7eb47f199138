# SPDX-License-Identifier: Apache-2.0
"""What happens with a million rows."""

import json
import re
import shutil
import sqlite3
import subprocess
import time
from pathlib import Path

import device
import facelib
import measure
from bench import Bench, Contender, Scratch, row
from measure import BenchmarkError
from results import Figures, Line, at_most
from tap import Tap, tapped

NOT_BUILT = "{} is not built: cd Benchmarks && swift build -c release"

# One row in so many has a portrait to be sent. The others are settled by their age alone, which nobody can have: they
# fill the ledger as others would, without a device that stores a million images for each measurement.
SENT_SHARE = 10
BATCH_SIZE = 50
# How much of the job is done when it is killed.
DONE_SHARE = 0.95


@row("mirror", "finding what differs between two libraries of a million portraits, by mirror-benchmark")
def mirror(bench: Bench) -> list[Line]:
    count = bench.counts["rows"]
    program = bench.program("mirror-benchmark")
    if program is None:
        return [Line(f"mirror, {count:,} portraits", note=NOT_BUILT.format("mirror-benchmark"))]
    measured = measure.run([program, str(count)])
    peak = int(re.findall(r"VmHWM:\s+(\d+) kB", measured.output)[0]) * 1024
    found = re.findall(r"^(.+): ([\d.]+) seconds, of it after the listings: ([\d.]+) seconds", measured.output, re.M)
    return [
        Line(
            f"{what}, {count:,} portraits a side",
            count,
            Figures(float(seconds), peak_bytes=peak),
            "seconds, listings given",
            value=float(after),
            unit=" s",
            goal=at_most(20, " s"),
            note=f"{what}: {float(seconds) - float(after):.2f} s more for the listings, which are made up and spilled to "
            "the disk.",
        )
        for what, seconds, after in found
    ]


@row("ledger", "what the ledger takes of an import, by ledger-benchmark, beside the import")
def ledger(bench: Bench) -> list[Line]:
    photos = bench.photos("fits")
    program = bench.program("ledger-benchmark")
    what = f"import, {len(photos)} photos, fits, hr, for its ledger"
    if program is None:
        return [Line(what, note=NOT_BUILT.format("ledger-benchmark"))]

    def play(scratch: Scratch) -> Figures:
        measured = measure.run([program, str(len(photos)), "--state", scratch.disk / "state"])
        return Figures.of(measured, seconds=json.loads(measured.output)["seconds"])

    whole, part = bench.median([facelib.importing(bench, photos, "hr"), Contender("ledger-benchmark", play)])
    return [
        Line(
            what,
            len(photos),
            whole,
            "ledger-benchmark",
            part,
            value=part.seconds / whole.seconds * 100,
            unit=" %",
            goal=at_most(5, " %"),
            note="The ledger's part alone, one call after the other; in an import it runs beside the other stages.",
        )
    ]


def write_people(bench: Bench, folder: Path) -> None:
    """A million people who share a few photos, each with an img_id of its own."""
    folder.mkdir()
    photos = bench.photos("small")
    for number, file in enumerate(photos.files):
        shutil.copyfile(file, folder / f"{number}.jpg")
    with (folder / "people.csv").open("w") as table:
        table.write("photo,img_id,name,age\n")
        for number in range(bench.counts["rows"]):
            age = 31 if number % SENT_SHARE == 0 else 1000
            table.write(f"{number // SENT_SHARE % len(photos)}.jpg,E-{number},Ann Berg,{age}\n")


def kill_when_sent(command: list[str | Path], tap: Tap, batches: int) -> None:
    """Starts an import and kills it when it has sent so many batches."""
    process = subprocess.Popen([str(part) for part in command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        if not tap.wait_for_uploads(batches, timeout=900):
            raise BenchmarkError("the import did not get far enough in a quarter of an hour")
    finally:
        process.kill()
        process.wait()


def settled_rows(state: Path) -> tuple[str, int]:
    """The only job of a ledger, and how many of its rows have an outcome."""
    connection = sqlite3.connect(f"file:{state / 'ledger.sqlite'}?mode=ro", uri=True)
    try:
        (job,) = connection.execute("SELECT id FROM job").fetchone()
        (count,) = connection.execute("SELECT COUNT(*) FROM job_row WHERE outcome IS NOT NULL").fetchone()
        return job, count
    finally:
        connection.close()


@row("resume", "taking up a job of a million rows that was killed, until the first request and the first upload")
def resume(bench: Bench) -> list[Line]:
    rows = bench.counts["rows"]
    with bench.scratch() as scratch:
        write_people(bench, scratch.memory / "source")
        state = scratch.disk / "state"
        with device.running(bench.simulator, scratch.memory / "device") as target, tapped(target.url) as tap:
            configuration = device.write_configuration(scratch.memory, tap.url, batch_size=BATCH_SIZE)
            command = facelib.import_command(
                bench, scratch.memory / "source", "--quality", "off", state=state, configuration=configuration
            )
            kill_when_sent(command, tap, int(rows / SENT_SHARE / BATCH_SIZE * DONE_SHARE))
            job, settled = settled_rows(state)
            tap.forget()
            start = time.monotonic()
            measured = measure.run(
                facelib.command(bench, "job resume", job, "--config", configuration, state=state), allowed=(3,)
            )
            if tap.first_request is None or tap.first_upload is None:
                raise BenchmarkError("the job that was taken up asked nothing or sent nothing")
            target.expect_stored(-(-rows // SENT_SHARE))
    what = f"resume, {rows:,} rows, {settled:,} settled"
    note = (
        f"One row in {SENT_SHARE} has a portrait to be sent, the others are rejected by their age; killed when "
        f"{DONE_SHARE:.0%} of the portraits were sent. The time of facelib is that of the whole rest of the job."
    )
    ours = Figures.of(measured)
    return [
        Line(
            what,
            rows,
            ours,
            beside,
            value=moment - start,
            unit=" s",
            goal=goal,
            note=note,
        )
        for beside, moment, goal in (
            ("until the first request", tap.first_request, at_most(2, " s")),
            ("until the first upload", tap.first_upload, None),
        )
    ]
