from __future__ import annotations

from pathlib import Path
from typing import get_args

import click

from sitegen import config
from sitegen.cli import say


@click.command("init")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--title", help="The name of the digest.  [default: the folder's name]")
@click.option(
    "--url", default="https://example.org/", show_default=True, help="The address it will stand at."
)
@click.option(
    "--host",
    type=click.Choice(get_args(config.Host)),
    default="github",
    show_default=True,
    help="What it will be published on.",
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of text.")
def command(folder: Path, title: str | None, url: str, host: config.Host, as_json: bool) -> None:
    """Begin a new digest in a folder. Files that are there already stay as they are.

    \b
    Example:
      sitegen init my-digest --title "The Harbour Wire"
      sitegen init my-digest --url https://wire.example/ --host netlify
    """
    from sitegen import scaffold

    name = title or folder.resolve().name.replace("-", " ").replace("_", " ").capitalize()
    made, kept = scaffold.init(folder, name, url, host)
    if as_json:
        say.result({"folder": str(folder), "created": made, "kept": kept})
        return
    for path in made:
        say.line(f"made  {path}")
    for path in kept:
        say.line(f"kept  {path}")
    if host != "folder" and scaffold.requirement().startswith("#"):
        say.line("\nBefore you publish from CI: requirements.txt needs the address of your copy of sitegen.")
    say.line(f"\nNext: put an article into {folder}/seeds/ and run `sitegen build` in {folder}/.")
