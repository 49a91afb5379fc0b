from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen import config
from sitegen.cli import digest, say

if TYPE_CHECKING:
    from sitegen.content import Content
    from sitegen.content.publish import State
    from sitegen.model import Article

    Row = tuple[Article, State]
    Turns = dict[str, datetime | None]


@click.command("list")
@digest.at_root
@click.option("--scheduled", is_flag=True, help="Only what the clock will change, and when it next does.")
@digest.at_now
@digest.as_json
@click.pass_context
def command(ctx: click.Context, root: Path | None, scheduled: bool, now: str | None, as_json: bool) -> None:
    """List articles with their state: published, scheduled, draft, expired, retracted.

    One that cannot be read is left out; the command then says why and ends with 1.

    \b
    Example:
      sitegen list
      sitegen list --scheduled --json
    """
    from sitegen import content

    folder = digest.find_root(root)
    settings = config.load(folder)
    instant = digest.read_now(now, settings)
    loaded = content.load(folder, settings, instant, skip_faulty=True)
    rows = [(article, content.state(article, instant)) for article in loaded.articles]
    rows.sort(key=lambda row: (row[0].day, row[0].id), reverse=True)
    turns = {article.id: _utc(content.turn(article, instant)) for article, _ in rows}
    if scheduled:
        rows = [row for row in rows if turns[row[0].id]]
    if as_json:
        _as_json(loaded, rows, turns, settings)
    else:
        _as_text(loaded, rows, scheduled, settings)
    if loaded.faulty:
        ctx.exit(1)


def _as_json(loaded: Content, rows: list[Row], turns: Turns, settings: config.SiteConfig) -> None:
    following = loaded.next_change
    articles = [
        {"id": a.id, "state": state, "day": a.day, "date": a.date, "expires": a.expires,
         "title": a.title, "url": a.url, "path": a.path, "next_change": turns[a.id]}
        for a, state in rows
    ]  # fmt: skip
    local = following.astimezone(settings.zone) if following else None
    wrong = {"problems": [problem.as_dict() for problem in loaded.problems]} if loaded.problems else {}
    say.result({
        "ok": not loaded.faulty, "articles": articles, "next_change": _utc(following),
        "next_change_local": local, **wrong,
    })  # fmt: skip


def _as_text(loaded: Content, rows: list[Row], scheduled: bool, settings: config.SiteConfig) -> None:
    following = loaded.next_change
    say.problems(loaded.problems)
    for article, state in rows:
        say.line(f"{article.id}  {article.day}  {state:<9}  {article.title}")
    say.line(f"{say.plural(len(rows), 'article')}.")
    if following:
        local = following.astimezone(settings.zone)
        say.line(
            f"The site next changes by the clock at {local.isoformat()}: "
            f"{following.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ} in UTC."
        )
    elif scheduled:
        say.line("The clock changes nothing: no article or edition is due, and none expires.")


def _utc(instant: datetime | None) -> datetime | None:
    return instant.astimezone(UTC) if instant else None
