from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen import config
from sitegen.cli import actions, digest, say

if TYPE_CHECKING:
    from sitegen.fetch import FeedReport


@click.command("fetch")
@digest.at_root
@digest.at_now
@digest.as_json
def command(root: Path | None, now: str | None, as_json: bool) -> int:
    """Fetch what is new in the feeds of sitegen.yaml into seeds/.

    A new item becomes a seed in seeds/YEAR/. seeds/.fetched remembers it, so that nothing comes twice and
    a seed that you delete stays deleted: commit both. A feed that fails does not stop the others; the
    command then ends with 1.

    \b
    Example:
      sitegen fetch && sitegen convert
    """
    from sitegen import fetch

    folder = digest.find_root(root)
    settings = config.load(folder)
    instant = digest.read_now(now, settings)
    client = fetch.client_for(instant, [feed.url for feed in settings.feeds], os.environ)

    def progress(text: str) -> None:
        if not as_json:
            say.line(text)

    reports = fetch.fetch(folder, settings, client, progress)
    failed = any(report.failed for report in reports)
    actions.summary(
        "Feeds", {one.url: _became(one) for one in reports}, (p for one in reports for p in one.problems)
    )
    if as_json:
        problems = [problem.as_dict() for report in reports for problem in report.problems]
        say.result({"ok": not failed, "feeds": [_as_dict(one) for one in reports], "problems": problems})
    else:
        _show(reports)
    return int(failed)


def _as_dict(report: FeedReport) -> dict[str, object]:
    return {
        "url": report.url,
        "made": report.made,
        "known": report.known,
        "unchanged": report.unchanged,
        "failed": report.failed,
    }


def _became(report: FeedReport) -> str:
    if report.failed:
        return "failed"
    return "unchanged" if report.unchanged else f"{len(report.made):,} new, {report.known:,} known"


def _show(reports: Sequence[FeedReport]) -> None:
    say.problems(problem for report in reports for problem in report.problems)
    made = [path for report in reports for path in report.made]
    for path in made:
        say.line(f"made  {path}")
    if not reports:
        say.line("There are no feeds in sitegen.yaml: “feeds:” is a list of addresses, - url: https://…")
    elif made:
        say.line(f"{say.plural(len(made), 'new seed')}: `sitegen convert` makes articles of them.")
    else:
        answered = sum(not report.failed for report in reports)
        say.line(f"Nothing new in {say.plural(answered, 'feed')}.")
