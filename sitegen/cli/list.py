from __future__ import annotations

from pathlib import Path

import click

from sitegen import config
from sitegen.cli import digest, say


@click.command("list")
@digest.at_root
@click.option("--scheduled", is_flag=True, help="Only what the clock will change, and when it next does.")
@digest.at_now
@digest.as_json
def command(root: Path | None, scheduled: bool, now: str | None, as_json: bool) -> None:
    """List articles with their state: published, scheduled, draft, expired, retracted.

    \b
    Example:
      sitegen list
      sitegen list --scheduled --json
    """
    from sitegen import content

    folder = digest.find_root(root)
    settings = config.load(folder)
    instant = digest.read_now(now, settings)
    loaded = content.load(folder, settings, instant)
    rows = [(article, content.state(article, instant)) for article in loaded.articles]
    if scheduled:
        rows = [row for row in rows if row[1] == "scheduled" or (row[0].expires and row[1] == "published")]
    rows.sort(key=lambda row: (row[0].day, row[0].id), reverse=True)
    following = content.next_change(loaded.articles, instant)
    if as_json:
        articles = [
            {"id": a.id, "state": state, "day": a.day, "date": a.date, "expires": a.expires,
             "title": a.title, "url": a.url, "path": a.path}
            for a, state in rows
        ]  # fmt: skip
        say.result({"articles": articles, "next_change": following})
        return
    say.problems(loaded.problems)
    for article, state in rows:
        say.line(f"{article.id}  {article.day}  {state:<9}  {article.title}")
    say.line(f"{say.plural(len(rows), 'article')}.")
    if following:
        say.line(f"The site next changes by the clock at {following.astimezone(settings.zone).isoformat()}.")
