"""Where the time of a cold build goes: CPU by step, and the functions that take most of it.

`scripts/bench --profile` shows it for 1,000 articles. The steps are timed in a run without the
profiler, which makes small functions look larger than they are.
"""

from __future__ import annotations

import cProfile
import pstats
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path

from bench import tools

NOW = datetime(2026, 11, 22, tzinfo=UTC)
TOP = 15
ROOMS = ("", "content", "pages", "render", "output")
Row = tuple[str, int, float, float]  # function, calls, own seconds, seconds with what it called


def report(site: Path, articles: int) -> Iterator[str]:
    """Lines of text about a cold build of the digest in SITE, per article; one process, no workers."""
    for _ in range(2):  # the first run imports and compiles what the second only uses
        steps = _steps(site)
    whole = sum(seconds for _, seconds in steps)
    yield f"CPU of a cold build of {articles:,} articles: {1000 * whole / articles:.3f} ms an article"
    for name, seconds in steps:
        yield f"  {name:<10}{1000 * seconds / articles:8.3f} ms{100 * seconds / whole:6.0f} %"
    rows = _profiled(site)
    for room in ROOMS:
        chosen = [row for row in rows if f"sitegen/{room}/" in row[0]] if room else rows
        yield ""
        where = "in and below" if room else "in"
        yield f"{room or 'everything'}: the {TOP} functions with most time {where} them"
        yield from _table(chosen, articles, (lambda row: row[3]) if room else (lambda row: row[2]))


def _table(rows: Iterable[Row], articles: int, weight: Callable[[Row], float]) -> Iterator[str]:
    yield "   own ms    all ms     calls   (for one article)"
    for name, calls, own, everything in sorted(rows, key=weight, reverse=True)[:TOP]:
        per = 1000 / articles
        yield f"{own * per:9.3f}{everything * per:10.3f}{calls / articles:10.2f}   {name}"


def _steps(site: Path) -> list[tuple[str, float]]:
    """CPU seconds between one report of `build` and the next; a step that comes twice is one."""
    marks: list[tuple[str, float]] = []
    _build(site, lambda name: marks.append((name, time.process_time())))
    marks.append(("", time.process_time()))
    spent: dict[str, float] = {}
    for (name, began), (_, ended) in pairwise(marks):
        spent[name] = spent.get(name, 0.0) + ended - began
    return list(spent.items())


def _profiled(site: Path) -> list[Row]:
    profile = cProfile.Profile(timer=time.process_time)
    profile.runcall(_build, site)
    with tempfile.NamedTemporaryFile() as kept:
        profile.dump_stats(kept.name)
        found: dict[tuple[str, int, str], tuple[int, int, float, float, object]] = vars(
            pstats.Stats(kept.name)
        )["stats"]
    return [
        (_short(*where), calls, own, everything) for where, (_, calls, own, everything, _) in found.items()
    ]


def _short(path: str, line: int, function: str) -> str:
    for place in (str(tools.ROOT), *sys.path):
        path = path.removeprefix(f"{place}/") if place else path
    return f"{path}:{line} {function}" if line else function


def _build(site: Path, step: Callable[[str], None] = lambda name: None) -> None:
    from sitegen import config
    from sitegen.build import Options, build

    tools.clean(site)
    build(site, config.load(site), Options(NOW, workers=1), site / "public", "build", step)
