"""What a run in GitHub Actions shows of a command: annotations beside the files, values for the steps that
follow, and a summary on the page of the run. Elsewhere nothing of it happens.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from sitegen.errors import Problem

_MOST = 500  # problems in a summary: GitHub shows none of one that is larger than 1 MiB


def annotation(problem: Problem) -> str | None:
    """The workflow command that shows a problem beside its line; its data may hold no line breaks and no
    bare per cent signs, its properties no colons and commas either."""
    if os.environ.get("GITHUB_ACTIONS") != "true":
        return None
    where = {"file": problem.path, "line": problem.line, "col": problem.column}
    given = ",".join(f"{key}={_property(str(value))}" for key, value in where.items() if value is not None)
    text = problem.message + (f" ({problem.hint})" if problem.hint else "")
    return f"::{problem.severity} {given}::{_data(text)}"


def outputs(values: Mapping[str, str]) -> None:
    """Values for later steps: `steps.ID.outputs.NAME`."""
    _append("GITHUB_OUTPUT", "".join(f"{name}={value}\n" for name, value in values.items()))


def summary(title: str, facts: Mapping[str, object], problems: Iterable[Problem] = ()) -> None:
    """A heading, a table of facts, and a table of problems, on the page of the run."""
    lines = [f"### {title}", ""]
    if facts:
        lines += ["| | |", "|---|---|", *(_row(name, value) for name, value in facts.items()), ""]
    if found := list(problems):
        lines += ["| Where | What | What to do |", "|---|---|---|"]
        lines += [_row(p.place, f"{p.severity}: {p.message}", p.hint or "") for p in found[:_MOST]]
        if len(found) > _MOST:
            lines += [_row("…", f"{len(found) - _MOST:,} more", "the log of the run has them all")]
    _append("GITHUB_STEP_SUMMARY", "\n".join([*lines, "", ""]))


def _append(variable: str, text: str) -> None:
    """Append to the file that a variable names. One that cannot be written is no reason to fail."""
    if name := os.environ.get(variable):
        with suppress(OSError), Path(name).open("a", encoding="utf-8", newline="\n") as file:
            file.write(text)


def _row(*cells: object) -> str:
    """A row of a Markdown table; what a file said must not become markup of the page."""
    safe = (" ".join(str(cell).split()).replace("&", "&amp;").replace("<", "&lt;") for cell in cells)
    return f"| {' | '.join(cell.replace('|', '&#124;').replace('`', '&#96;') for cell in safe)} |"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
