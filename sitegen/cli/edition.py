from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen import config
from sitegen.cli import digest, say
from sitegen.errors import Problem, UsageError

if TYPE_CHECKING:
    from sitegen.mail import Mail


@click.group("edition")
def command() -> None:
    """Draft the next edition, and write the mail of one.

    \b
    Example:
      sitegen edition new --dry-run
      sitegen edition new
      sitegen edition email
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


@command.command("email")
@click.argument("name", metavar="[EDITION]", required=False)
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="The folder for its files.  [default: email]"
)
@click.option("--future", is_flag=True, help="Also what is scheduled: an edition before its day.")
@digest.at_now
@digest.at_root
@digest.as_json
def email(
    name: str | None, output: Path | None, future: bool, now: str | None, root: Path | None, as_json: bool
) -> None:
    """Write an edition as mail: HTML, plain text, and a message with both. Nothing is sent.

    EDITION is a number, or a week where no file makes editions; without it, the newest. The files go to
    email/, which is not published. What is longer than Gmail shows is shortened, and leads to the site.

    \b
    Example:
      sitegen edition email
      sitegen edition email 148 --future
      sitegen edition email 2026-w47 -o ~/mail --json
    """
    from sitegen import mail

    folder = digest.find_root(root)
    settings = config.load(folder)
    made = mail.mail(folder, settings, name, digest.read_now(now, settings), future=future)
    target = (output or folder / mail.FOLDER).absolute()
    written = mail.write(made, target)
    problems = tuple(_doubts(made, settings))
    if as_json:
        say.result({
            "edition": made.edition.key, "subject": made.subject, "preheader": made.preheader,
            "from": made.sender, "files": [str(path) for path in written], "bytes": len(made.html.encode()),
            "stories": made.shown, "left_out": made.left_out, "note_cut": made.cut,
            "problems": [problem.as_dict() for problem in problems],
        })  # fmt: skip
        return
    say.problems(problems)
    for path in written:
        say.line(f"wrote  {_shown(path)}")
    say.line(
        f"“{made.subject}”, {say.plural(made.shown, 'story', 'stories')}, "
        f"{len(made.html.encode()) / 1000:.0f} kB. Nothing was sent: docs/email.md says how to."
    )


def _shown(path: Path) -> Path:
    here = Path.cwd()
    return path.relative_to(here) if path.is_relative_to(here) else path


def _doubts(made: Mail, settings: config.SiteConfig) -> list[Problem]:
    """What an editor should know before it is sent."""
    found = []
    if made.left_out or made.cut:
        stories = say.plural(made.left_out, "story has", "stories have")
        found.append(Problem(
            f"the mail would be longer than Gmail shows: {stories} no room, and a button leads to the site",
            "email-shortened", made.edition.path, severity="warning",
            hint="a shorter edition, or shorter standfirsts, would fit as a whole",
        ))  # fmt: skip
    if made.made_up:
        found.append(Problem(
            f"nothing says whom the mail comes from: the message has {made.sender}", "email-sender",
            config.FILE, severity="warning",
            hint="write “email: {sender: \"Name <address>\"}” in sitegen.yaml",
        ))  # fmt: skip
    if not settings.is_placed:
        found.append(Problem(
            f"its links lead to {settings.origin}, where nobody can read on", "email-url", config.FILE,
            severity="warning", hint="write the site's address, “url:”, in sitegen.yaml",
        ))  # fmt: skip
    return found


def _day(given: str | None, option: str) -> date | None:
    try:
        return date.fromisoformat(given) if given else None
    except ValueError:
        raise UsageError(
            f"“{given}” is no day", code="day-invalid", hint=f"write it like {option} 2026-11-27"
        ) from None
