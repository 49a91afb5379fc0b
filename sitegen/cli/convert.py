from __future__ import annotations

from pathlib import Path

import click

from sitegen import config
from sitegen.cli import digest, say


@click.command("convert")
@digest.at_root
@click.option("--dry-run", is_flag=True, help="Show what would be made, and make nothing.")
@digest.at_now
@digest.as_json
def command(root: Path | None, dry_run: bool, now: str | None, as_json: bool) -> None:
    """Turn seeds that have no article yet into articles.

    Makes content/articles/YEAR/SLUG.md for each. A file that exists is never changed, and an article
    that was deleted does not come back.

    \b
    Example:
      sitegen convert --dry-run
      sitegen convert
    """
    from sitegen import build

    folder = digest.find_root(root)
    settings = config.load(folder)
    options = build.Options(digest.read_now(now, settings), convert="memory" if dry_run else "write")
    report = build.convert(folder, settings, options)
    made = [planned.path for planned in report.created]
    if as_json:
        known = {"created": [] if dry_run else made, "would_create": made if dry_run else []}
        say.result({**known, "skipped": report.skipped, "problems": [p.as_dict() for p in report.problems]})
        return
    say.problems(report.problems)
    for planned in report.created:
        say.line(f"{'would make' if dry_run else 'converted '}  {planned.path}")
        if dry_run:
            say.line("\n".join(f"  + {line}" for line in planned.text.splitlines()))
    if not made:
        say.line("Every seed has its article already: nothing to convert.")
