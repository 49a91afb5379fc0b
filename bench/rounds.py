"""Rounds of runs: the programs take turns at the same job, so that a slow minute hits them all."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bench import compare, measure, tools
from bench.measure import Run
from bench.tools import Tool

SPARE = 3  # tries beyond the number of runs wanted, to make up for those in which others were busy
LARGE = 20_000  # articles: above, only cold builds are measured, twice at most

Say = Callable[[str], None]
Prepare = Callable[[Tool, Path, str], str]


def _nothing(tool: Tool, site: Path, mark: str) -> str:
    return ""


def _cold(tool: Tool, site: Path, mark: str) -> str:
    tools.clean(site)
    return ""


# What is done to a built site before each run, and what its page must hold afterwards.
KINDS: Mapping[str, Prepare] = {
    "cold": _cold,
    "unchanged": _nothing,
    "body": lambda tool, site, mark: tools.edit_body(site, mark),
    "title": lambda tool, site, mark: tools.edit_title(site, mark),
    "template": lambda tool, site, mark: tools.edit_template(site, mark, tool.template),
}


@dataclass(frozen=True, slots=True)
class Row:
    """What one program took for one job: medians of seconds, and the peak memory in bytes.

    `busy` counts the runs among `runs` in which others were at work; `rejected` those left out for it.
    """

    place: str
    articles: int
    kind: str
    tool: str
    wall: float
    cpu: float
    memory: int
    runs: int
    busy: int
    rejected: int
    walls: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """A digest of so many articles, built at a place by several programs. `made` is its corpus."""

    place: str
    folder: Path
    articles: int
    made: Path
    tools: Sequence[Tool]
    kinds: Collection[str]
    runs: int
    busy_ok: bool = False

    def site(self, tool: Tool) -> Path:
        return self.folder / f"{tool.name}-{self.articles}"


def measured(job: Job, say: Say) -> tuple[list[Row], dict[str, list[str]]]:
    """The rows of a job, and by peer what its pages have that sitegen's do not. Raises measure.Failed."""
    kinds = [kind for kind in KINDS if kind in job.kinds and (kind == "cold" or job.articles <= LARGE)]
    runs = job.runs if job.articles <= LARGE else min(2, job.runs)
    try:
        memory = {tool.name: _first(job, tool, say) for tool in job.tools}
        differences = _differences(job)
        rows = [row for kind in kinds for row in _rounds(job, kind, runs, memory, say)]
        return rows, differences
    finally:
        for tool in job.tools:
            shutil.rmtree(job.site(tool), ignore_errors=True)


def _first(job: Job, tool: Tool, say: Say) -> int:
    """Lay the site out and build it once, looking at the memory: bytes."""
    say(f"{job.articles:,} articles {job.place}: {tool.name}, memory")
    shutil.rmtree(job.site(tool), ignore_errors=True)
    tool.make(job.made, job.site(tool))
    return measure.run(tool.command, job.site(tool), tool.env, memory=True).memory


def _differences(job: Job) -> dict[str, list[str]]:
    ours = next((tool for tool in job.tools if tool.ours and tool.plain), None)
    if ours is None:
        return {}
    public = job.site(ours) / "public"
    others = [tool for tool in job.tools if tool is not ours and tool.plain]
    return {tool.name: compare.differences(public, job.site(tool) / "public") for tool in others}


def _rounds(job: Job, kind: str, runs: int, memory: Mapping[str, int], say: Say) -> list[Row]:
    takes_part = [tool for tool in job.tools if kind != "template" or tool.template]
    taken: dict[str, list[Run]] = {tool.name: [] for tool in takes_part}
    for turn in range(runs if job.busy_ok else runs + SPARE):
        for tool in takes_part:
            if job.busy_ok or _clean(taken[tool.name]) < runs:
                say(f"{job.articles:,} articles {job.place}: {tool.name}, {kind}, run {turn + 1}")
                taken[tool.name].append(_once(job, tool, kind, turn))
    return [_row(job, kind, name, found, memory[name]) for name, found in taken.items()]


def _clean(runs: Sequence[Run]) -> int:
    return sum(not run.busy for run in runs)


def _once(job: Job, tool: Tool, kind: str, turn: int) -> Run:
    site = job.site(tool)
    wanted = KINDS[kind](tool, site, f"Edit {turn + 1} of the {kind}")
    measure.settle(0 if job.busy_ok else measure.PATIENCE)
    run = measure.run(tool.command, site, tool.env)
    if wanted and tool.plain and wanted not in tools.page_of_edited(site).read_text(encoding="utf-8"):
        raise measure.Failed(
            f"{tool.name} did not notice an edit of the {kind}: “{wanted}” is not on the page"
        )
    return run


def _row(job: Job, kind: str, tool: str, taken: Sequence[Run], memory: int) -> Row:
    kept = taken if job.busy_ok else [run for run in taken if not run.busy]
    return Row(
        place=job.place,
        articles=job.articles,
        kind=kind,
        tool=tool,
        wall=median(run.wall for run in kept) if kept else 0.0,
        cpu=median(run.cpu for run in kept) if kept else 0.0,
        memory=memory if kind == "cold" else 0,
        runs=len(kept),
        busy=sum(run.busy for run in kept),
        rejected=len(taken) - len(kept),
        walls=tuple(round(run.wall, 4) for run in kept),
    )
