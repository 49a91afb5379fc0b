from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from sitegen.cli import digest, say
from sitegen.errors import Problem, SeedError


@click.command("explain")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@digest.as_json
def command(paths: tuple[Path, ...], as_json: bool) -> int:
    """Show what conversion sees in seeds, and why.

    A seed is printed with the label of each block, every quote with its speaker and the rule that found
    it, every figure, and what is left out with the reason. With --json: one object a line.

    \b
    Example:
      sitegen explain seeds/2026-11-18-northern-quay.txt
      sitegen explain --json seeds > seen.jsonl
    """
    from sitegen import seeds
    from sitegen.seeds import explain

    faults: list[Problem] = []
    files = list(_seeds(paths))
    if not files and not as_json:
        say.line("There is no seed here.")
    for path in files:
        try:
            seed, warnings = seeds.read(path.parent, path)
        except SeedError as error:
            faults += error.problems
            continue
        found = seeds.understand(seed)
        if as_json:
            click.echo(json.dumps({**explain.as_json(found), "seed": str(path)}, ensure_ascii=False))
        else:
            say.problems(warnings)
            click.echo(explain.as_text(found, color=say.is_terminal(sys.stdout)))
    say.problems(faults)
    return 1 if faults else 0


def _seeds(paths: tuple[Path, ...]) -> Iterator[Path]:
    from sitegen.seeds.read import text_files

    for path in paths:
        if path.is_dir():
            yield from text_files(path)
        else:
            yield path
