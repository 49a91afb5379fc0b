from __future__ import annotations

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import get_args

import click

from sitegen import config
from sitegen.cli import digest, say
from sitegen.model import Rights


@click.command("add")
@click.argument("given", metavar="FILE|-|URL")
@digest.at_root
@click.option("--name", help="What the seed's file is called  [default: the file's name, or the title]")
@click.option("--title", help="The article's title.")
@click.option("--url", help="Where the article stands.")
@click.option("--source", help="The newsroom that wrote it.")
@click.option("--author", help="Who wrote it.")
@click.option("--date", type=click.DateTime(["%Y-%m-%d"]), help="The day it was published, as 2026-11-22.")
@click.option("--topic", "topics", multiple=True, help="A topic; may be given more than once.")
@click.option("--rights", type=click.Choice(get_args(Rights)), help="How much of it may be shown.")
@digest.at_now
@digest.as_json
def command(
    given: str,
    root: Path | None,
    name: str | None,
    title: str | None,
    url: str | None,
    source: str | None,
    author: str | None,
    date: datetime | None,
    topics: tuple[str, ...],
    rights: Rights | None,
    now: str | None,
    as_json: bool,
) -> None:
    """Add one seed: from a file, from standard input (-), or from its address on the web.

    It goes to seeds/YEAR/, with what the options say of it at its top, and never over another. A page
    from the web is kept as it came, with its address and the day.

    \b
    Example:
      sitegen add ~/Downloads/quay.txt --source "Marrowick Courier"
      xclip -o | sitegen add - --url https://courier.example/quay
      sitegen add https://courier.example/quay
    """
    from sitegen import fetch

    folder = digest.find_root(root)
    settings = config.load(folder)
    instant = digest.read_now(now, settings).astimezone(settings.zone)
    urls = [given] if given.lower().startswith(("http://", "https://")) else []
    path = fetch.add(
        folder,
        given,
        fetch.Wish(title, url, source, author, date.date() if date else None, topics, rights),
        client=fetch.client_for(instant, urls, os.environ),
        limits=settings.convert,
        stdin=sys.stdin.buffer.read(settings.convert.max_page_bytes + 1) if given == "-" else None,
        name=name,
    )
    if as_json:
        say.result({"path": path})
        return
    say.line(f"made  {path}")
    say.line(f"`sitegen convert {path}` makes an article of it; `sitegen explain {path}` shows how.")
