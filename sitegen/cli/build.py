from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import fields
from datetime import date as Day
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen import config
from sitegen.cli import digest, say

if TYPE_CHECKING:
    from sitegen.build import Report


@click.command("build")
@digest.at_root
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Where the site goes.  [default: public]"
)
@click.option("--url", help="The address of the site, instead of the one in sitegen.yaml.")
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--future", is_flag=True, help="Show scheduled articles and editions too.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@digest.at_now
@digest.as_json
def command(
    root: Path | None,
    output: Path | None,
    url: str | None,
    drafts: bool,
    future: bool,
    strict: bool,
    now: str | None,
    as_json: bool,
) -> None:
    """Convert new seeds and publish the site.

    The new site takes the place of the old one in one step. If anything is wrong, the old one stays.

    \b
    Example:
      sitegen build
      sitegen build --strict --url https://example.org/digest/ --json
    """
    from sitegen.build import Options, build

    started = time.perf_counter()
    folder = digest.find_root(root)
    settings = config.load(folder, {"url": url})
    instant = digest.read_now(now, settings)
    ci = digest.in_ci()
    added = _commit_day(instant.astimezone(settings.zone).date()) if ci else None
    options = Options(instant, drafts, future, strict, convert="memory" if ci else "write", added=added)
    public = (output or folder / "public").absolute()
    steps = _Stopwatch(quiet=as_json)
    report = build(folder, settings, options, public, "build", steps)
    took = steps.stop()
    if as_json:
        say.result({"output": str(public), "seconds": took, **_as_dict(report)})
        return
    say.problems(report.problems)
    if report.recovered:
        say.line(f"An interrupted build was put right first: {report.recovered}.")
    for path in report.converted:
        say.line(f"converted  {path}")
    _sum_up(
        report.pages,
        len(report.written),
        len(report.removed),
        report.unchanged,
        time.perf_counter() - started,
    )
    if report.next_change:
        say.line(
            f"By the clock it next changes at {report.next_change.astimezone(settings.zone).isoformat()}."
        )
    say.line(f"The site is in {_short(public)}. `sitegen serve` shows it.")


def _as_dict(report: Report) -> dict[str, Any]:
    shown = {field.name: getattr(report, field.name) for field in fields(report)}
    return {**shown, "problems": [problem.as_dict() for problem in report.problems]}


def _sum_up(pages: int, written: int, removed: int, unchanged: int, seconds: float) -> None:
    planned = f"{say.plural(pages, 'page')} in {seconds:.1f} s"
    if not written and not removed:
        say.line(f"Nothing has changed: {planned}, nothing written.")
        return
    parts = [f"{written:,} written"]
    parts += [f"{removed:,} removed"] if removed else []
    parts += [f"{unchanged:,} unchanged"] if unchanged else []
    say.line(f"{planned}: files {', '.join(parts)}.")


class _Stopwatch:
    """Called with the name of each step as it begins; shows it on a terminal."""

    def __init__(self, quiet: bool) -> None:
        self._shown = not quiet and say.is_terminal(sys.stderr)
        self._seconds: dict[str, float] = {}
        self._step: tuple[str, float] | None = None

    def __call__(self, name: str) -> None:
        self._end()
        self._step = (name, time.perf_counter())
        if self._shown:
            click.echo(f"\r\x1b[K{name} …", err=True, nl=False)

    def stop(self) -> dict[str, float]:
        """Seconds by step."""
        self._end()
        if self._shown:
            click.echo("\r\x1b[K", err=True, nl=False)
        return self._seconds

    def _end(self) -> None:
        if self._step:
            name, began = self._step
            self._seconds[name] = round(self._seconds.get(name, 0.0) + time.perf_counter() - began, 4)


def _commit_day(today: Day) -> Callable[[Path], Day]:
    """The day a seed was last committed, where git knows it: a build in CI must not depend on its day."""

    def day(seed: Path) -> Day:
        asked = ["git", "-C", str(seed.parent), "log", "-1", "--format=%cs", "--", seed.name]
        try:
            answer = subprocess.run(asked, capture_output=True, text=True, timeout=20, check=False)
            return Day.fromisoformat(answer.stdout.strip())
        except (OSError, ValueError, subprocess.TimeoutExpired):
            return today

    return day


def _short(path: Path) -> str:
    try:
        return f"{path.relative_to(Path.cwd())}/"
    except ValueError:
        return f"{path}/"
