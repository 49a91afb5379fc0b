from __future__ import annotations

from pathlib import Path

import click

from sitegen import config
from sitegen.cli import digest, say


@click.command("new")
@click.argument("title")
@digest.at_root
@click.option("--publish", is_flag=True, help="Begin it as published, not as a draft.")
@digest.at_now
@digest.as_json
def command(title: str, root: Path | None, publish: bool, now: str | None, as_json: bool) -> None:
    """Begin an article of your own, as a draft.

    \b
    Example:
      sitegen new "What the night ferry is for"
    """
    from sitegen import scaffold

    folder = digest.find_root(root)
    settings = config.load(folder)
    instant = digest.read_now(now, settings).astimezone(settings.zone)
    path = scaffold.new_article(folder, title, instant, status="published" if publish else "draft")
    shown = path.relative_to(folder).as_posix()
    if as_json:
        say.result({"path": shown})
        return
    say.line(f"made  {shown}")
    if not publish:
        say.line("It is a draft: `sitegen build --drafts` shows it; `status: published` makes it public.")
