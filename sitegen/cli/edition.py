from __future__ import annotations

from datetime import date
from pathlib import Path

import click

from sitegen import config
from sitegen.cli import digest, say
from sitegen.errors import UsageError


@click.group("edition")
def command() -> None:
    """Draft the next edition.

    \b
    Example:
      sitegen edition new --dry-run
      sitegen edition new
    """


@command.command("new")
@digest.at_root
@click.option("--title", help="What it is called  [default: Edition NUMBER]")
@click.option(
    "--date", "day", metavar="DAY", help="When it appears  [default: by the rhythm of the last two]"
)
@click.option("--since", metavar="DAY", help="New is what came in since then  [default: the last edition]")
@click.option("--dry-run", is_flag=True, help="Show the file, write nothing.")
@digest.at_now
@digest.as_json
def new_edition(
    root: Path | None,
    title: str | None,
    day: str | None,
    since: str | None,
    dry_run: bool,
    now: str | None,
    as_json: bool,
) -> None:
    """Draft the next edition from what is new since the last: sections by topic, each id with its title.

    Nothing that exists is changed. A date to come keeps the edition back until then.

    \b
    Example:
      sitegen edition new --dry-run
      sitegen edition new --title "A quieter kind of harbour"
    """
    from sitegen import content, render, scaffold

    folder = digest.find_root(root)
    settings = config.load(folder)
    instant = digest.read_now(now, settings)
    words = render.load(folder, settings.theme, settings.language).words.say
    loaded = content.load(folder, settings, instant, future=True)
    today = instant.astimezone(settings.zone).date()
    drafted = scaffold.draft_edition(
        loaded.site, today, words, title=title, day=_day(day, "--date"), since=_day(since, "--since")
    )
    edition = drafted.edition
    text = scaffold.edition_text(drafted)
    path = f"content/editions/{edition.number}.md"
    if not dry_run:
        path = scaffold.write_edition(folder, drafted).relative_to(folder).as_posix()
    if as_json:
        say.result(
            {"path": path, "written": not dry_run, "number": edition.number, "date": edition.date,
             "articles": [article.id for article in drafted.articles], "older": drafted.older, "text": text}
        )  # fmt: skip
        return
    say.line(text.rstrip() if dry_run else f"made  {path}")
    if drafted.older:
        older = say.plural(drafted.older, "older story", "older stories")
        say.line(f"In no edition: {older}, from before {drafted.since}. --since DAY takes them up.")
    if not dry_run:
        appears = (
            "It is public with the next build" if edition.date <= today else f"It appears on {edition.date}"
        )
        say.line(f"{appears}: {say.plural(len(drafted.articles), 'story', 'stories')}.")


def _day(given: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise UsageError(
            f"“{given}” is no day", code="day-invalid", hint=f"write it like {option} 2026-11-27"
        ) from None
