from __future__ import annotations

import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime
from datetime import date as Day
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from sitegen.cli import actions, digest, say

if TYPE_CHECKING:
    from sitegen.options import Conversion, Reason, Report
    from sitegen.unchanged import Inputs


@click.command("build")
@digest.at_root
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Where the site goes.  [default: public]"
)
@click.option("--url", help="The address of the site, instead of the one in sitegen.yaml.")
@click.option("--drafts", is_flag=True, help="Show drafts too.")
@click.option("--future", is_flag=True, help="Show scheduled articles and editions too.")
@click.option("--strict", is_flag=True, help="Take warnings for errors.")
@click.option(
    "--skip-faulty", is_flag=True, help="Build without articles that have errors; their last pages stay."
)
@click.option("--no-convert", is_flag=True, help="Leave new seeds alone: what has an article is published.")
@click.option(
    "--explain",
    metavar="ADDRESS",
    is_flag=False,
    flag_value="*",
    help="Say of this page, or of every page that was rendered, why.",
)
@click.option(
    "--workers", type=click.IntRange(0), default=0, help="How many processes.  [default: one a core]"
)
@click.option("--executor", default="", metavar="dask://HOST:PORT", help="Render on a Dask cluster.")
@digest.at_now
@digest.as_json
def command(
    root: Path | None,
    output: Path | None,
    url: str | None,
    drafts: bool,
    future: bool,
    strict: bool,
    skip_faulty: bool,
    no_convert: bool,
    explain: str | None,
    workers: int,
    executor: str,
    now: str | None,
    as_json: bool,
) -> int:
    """Convert new seeds and publish the site.

    The new site takes the place of the old one in one step. If anything is wrong, the old one stays.
    What has not changed since the last build is not done again.

    With --skip-faulty an article that cannot be read does not keep the others waiting: everything else is
    published, its own last page stays, and the command ends with 1.

    \b
    Example:
      sitegen build
      sitegen build --skip-faulty
      sitegen build --strict --url https://example.org/digest/ --json
      sitegen build --explain /topics/ports/
    """
    if strict and skip_faulty:
        raise click.UsageError("--strict ends at what --skip-faulty passes over: choose one of them")
    started = time.perf_counter()
    folder = digest.find_root(root)
    public = (output or folder / "public").absolute()
    ci = digest.in_ci()
    convert: Conversion = "none" if no_convert else "memory" if ci else "write"
    found = _inputs(folder, public, url, drafts, future, strict, skip_faulty, convert)
    steps = _Stopwatch(quiet=as_json)
    steps("compare")
    report = _nothing_to_do(folder, public, now, found)
    if report is None:
        from sitegen import config
        from sitegen.build import Options, build

        settings = config.load(folder, {"url": url})
        instant = digest.read_now(now, settings)
        added = _commit_day(instant.astimezone(settings.zone).date()) if ci else None
        options = Options(
            instant, drafts, future, strict, skip_faulty,
            convert=convert, added=added, executor=executor, workers=workers,
        )  # fmt: skip
        report = build(folder, settings, options, public, "build", steps, found)
    took = steps.stop()
    _for_the_run(report)
    if as_json:
        answer = {"ok": not report.faulty, "output": str(public), "seconds": took}
        say.result({**answer, **_as_dict(report, explain)})
    else:
        _tell(report, public, took, time.perf_counter() - started)
        if explain:
            _explain(report, explain)
    return int(bool(report.faulty))


def _inputs(folder: Path, public: Path, *options: object) -> Inputs | None:
    from sitegen import unchanged

    try:
        return unchanged.inputs(folder, public, *options)
    except OSError:
        return None  # the build will say what is wrong


def _nothing_to_do(folder: Path, public: Path, now: str | None, found: Inputs | None) -> Report | None:
    """The report of a build that needs not even look at what it would build."""
    try:
        moment = datetime.fromisoformat(now) if now else datetime.now(UTC).replace(microsecond=0)
    except ValueError:
        return None
    if found is None or moment.tzinfo is None:
        return None
    from sitegen import output, unchanged

    with output.lock(folder, command="build", since=moment):
        return unchanged.since_last(folder, public, found, moment)


def _as_dict(report: Report, explain: str | None) -> dict[str, Any]:
    shown: dict[str, Any] = {name: getattr(report, name) for name in report.__match_args__}
    shown["rendered"] = len(report.rendered)
    if explain:
        shown["explained"] = {
            url: {"why": reason.why, "fields": reason.fields}
            for url, reason in report.rendered
            if explain in ("*", url)
        }
    return {**shown, "faulty": report.faulty, "problems": [p.as_dict() for p in report.problems]}


def _for_the_run(report: Report) -> None:
    changed = bool(report.written or report.removed)
    actions.outputs({"changed": str(changed).lower(), "faulty": str(len(report.faulty))})
    files = (
        f"{len(report.written):,} written, {len(report.removed):,} removed, {report.unchanged:,} unchanged"
    )
    facts: dict[str, object] = {"Pages": f"{report.pages:,}", "Files": files}
    facts |= {"New articles": ", ".join(report.converted)} if report.converted else {}
    facts |= {"Passed over": ", ".join(report.faulty)} if report.faulty else {}
    facts |= {"Next change by the clock": report.next_change.isoformat()} if report.next_change else {}
    actions.summary("The site", facts, report.problems)


def _tell(report: Report, public: Path, took: dict[str, float], seconds: float) -> None:
    say.problems(report.problems)
    if report.recovered:
        say.line(f"An interrupted build was put right first: {report.recovered}.")
    for path in report.converted:
        say.line(f"converted  {path}")
    if say.is_terminal(sys.stdout) and not report.nothing:
        for name, part in took.items():
            say.line(f"  {name:<8} {part:8.3f} s")
    _sum_up(report, seconds)
    for path in report.faulty:
        say.line(f"passed over  {path}")
    if report.next_change:
        say.line(f"By the clock it next changes at {report.next_change.isoformat()}.")
    say.line(f"The site is in {_short(public)}. `sitegen serve` shows it.")


def _sum_up(report: Report, seconds: float) -> None:
    planned = f"{say.plural(report.pages, 'page')} in {seconds:.1f} s"
    if not report.written and not report.removed:
        say.line(f"Nothing has changed: {planned}, nothing written.")
        return
    parts = [f"{len(report.written):,} written"]
    parts += [f"{len(report.removed):,} removed"] if report.removed else []
    parts += [f"{report.unchanged:,} unchanged"] if report.unchanged else []
    say.line(f"{planned}, {len(report.rendered):,} rendered: files {', '.join(parts)}.")


def _explain(report: Report, address: str) -> None:
    shown = [(url, reason) for url, reason in report.rendered if address in ("*", url)]
    for url, reason in shown:
        say.line(f"rendered  {url}  {_because(reason)}")
    if not shown:
        what = "no page" if address == "*" else address
        why = "nothing that it is made from has changed since the last build, and it is in its place"
        say.line(f"not rendered  {what}: {why}" if address != "*" else f"rendered  {what}: {why}")


def _because(reason: Reason) -> str:
    if reason.why == "view" and reason.fields:
        return f"what it shows has changed: {', '.join(reason.fields)}"
    return _WHY[reason.why]


_WHY = {
    "new": "it was not there at the last build",
    "template": "the theme, or the site's own templates, have changed",
    "view": "it was not at hand in the cache",
    "missing": "its file in the output folder was changed or is gone",
}


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
        import subprocess

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
