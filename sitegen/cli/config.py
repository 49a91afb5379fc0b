from __future__ import annotations

from pathlib import Path

import click

from sitegen import config, strictyaml
from sitegen.cli import digest, say


@click.command("config")
@digest.at_root
@digest.as_json
def command(root: Path | None, as_json: bool) -> None:
    """Show the configuration in force: every key, its value, and where the value comes from.

    \b
    Example:
      sitegen config
      sitegen config --json
    """
    folder = digest.find_root(root)
    rows = config.effective(config.load(folder), folder)
    if as_json:
        say.result(
            {"root": str(folder), "config": {key: {"value": v, "from": origin} for key, v, origin in rows}}
        )
        return
    width = max(len(key) for key, _, _ in rows)
    for key, value, origin in rows:
        shown = strictyaml.dump(value).strip().removesuffix("...").strip() if value != "" else '""'
        say.line(f"{key:<{width}}  {shown if chr(10) not in shown else value}  # {origin}")
