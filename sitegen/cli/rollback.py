from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import click

from sitegen.cli import digest, say


@click.command("rollback")
@digest.at_root
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where the site is.  [default: public]")
@digest.as_json
def command(root: Path | None, output: Path | None, as_json: bool) -> None:
    """Bring the site before the last build back. It stays until the next build.

    A second rollback brings the newer one back.

    \b
    Example:
      sitegen rollback
    """
    from sitegen import output as room

    folder = digest.find_root(root)
    public = (output or folder / "public").absolute()
    with room.lock(folder, command="rollback", since=datetime.now(UTC)):
        room.recover(public)
        done = room.rollback(public)
    if as_json:
        say.result({"written": done.written, "removed": done.removed})
        return
    say.line(f"The other site is back: {len(done.written):,} files written, {len(done.removed):,} removed.")
    say.line("It stays until the next build; another rollback brings back the one you just left.")
