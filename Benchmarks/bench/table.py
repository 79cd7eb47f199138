# SPDX-License-Identifier: Apache-2.0
"""Prints lines as one Markdown table that can be read without a viewer too."""

from collections.abc import Sequence

from results import MEBIBYTE, Figures, Line

HEADER = ["what", "facelib", "MiB", "CPU s", "beside", "it", "MiB", "CPU s", "value", "goal", "met"]


def time(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms" if seconds < 0.1 else f"{seconds:.2f} s"


def cost(figures: Figures | None, items: int | None) -> list[str]:
    """Time and rate, peak, and CPU seconds, with those of the device after a plus."""
    if figures is None:
        return ["", "", ""]
    rate = f", {items / figures.seconds:,.0f}/s" if items and figures.seconds else ""
    cpu = "" if figures.cpu_seconds is None else f"{figures.cpu_seconds:.2f}"
    if figures.device_seconds is not None:
        cpu += f" + {figures.device_seconds:.2f}"
    peak = "" if figures.peak_bytes is None else f"{figures.peak_bytes / MEBIBYTE:.0f}"
    return [time(figures.seconds) + rate, peak, cpu]


def value(line: Line) -> str:
    if line.value is None:
        return ""
    number = f"{line.value:,.0f}" if line.value >= 100 else f"{line.value:.2f}"
    return number + (line.unit or ("×" if line.theirs else ""))


def cells(line: Line, *, repeats: bool) -> list[str]:
    """A line that stands below another one of the same row does not say again what facelib did."""
    met = "" if line.is_met is None else "yes" if line.is_met else "**no**"
    ours = ["", "", ""] if repeats else cost(line.ours, line.items)
    return [
        "" if repeats else line.what,
        *ours,
        line.beside,
        *cost(line.theirs, line.items),
        value(line),
        str(line.goal or ""),
        met,
    ]


def markdown(lines: Sequence[Line], footer: Sequence[str]) -> str:
    rows = [HEADER]
    notes: list[str] = []
    for place, line in enumerate(lines):
        before = lines[place - 1] if place else None
        repeats = before is not None and before.what == line.what and before.ours == line.ours
        row = cells(line, repeats=repeats)
        if line.note and not (repeats and before and before.note == line.note):
            if line.note not in notes:
                notes.append(line.note)
            row[0] = f"{row[0]} [{notes.index(line.note) + 1}]".strip()
        rows.append(row)
    widths = [max(len(row[column]) for row in rows) for column in range(len(HEADER))]
    text = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) + " |" for row in rows
    ]
    text.insert(1, "|" + "|".join("-" * (width + 2) for width in widths) + "|")
    numbered = [f"{number}. {note}" for number, note in enumerate(notes, 1)]
    return "\n".join([*text, "", *numbered, *([""] if numbered else []), *footer]) + "\n"
