from __future__ import annotations

import sys
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from difflib import unified_diff
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen import config
from sitegen.cli import actions, digest, say
from sitegen.errors import MergeConflict, Problem, UsageError

if TYPE_CHECKING:
    from sitegen.seeds import Change, ConvertReport, MergeReport

_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@click.command("convert")
@click.argument("seeds", nargs=-1, metavar="[SEED]...", type=click.Path(path_type=Path))
@digest.at_root
@click.option(
    "--merge", is_flag=True, help="Bring what is new in seeds and conversion to their articles too."
)
@click.option("--mine", is_flag=True, help="With --merge: where both changed the same lines, keep mine.")
@click.option("--dry-run", is_flag=True, help="Show what would be made or changed, and change nothing.")
@digest.at_now
@digest.as_json
def command(
    seeds: tuple[Path, ...],
    root: Path | None,
    merge: bool,
    mine: bool,
    dry_run: bool,
    now: str | None,
    as_json: bool,
) -> int:
    """Turn seeds that have no article yet into articles.

    Makes content/articles/YEAR/SLUG.md for each. A file that exists is not changed, and an article
    that was deleted does not come back.

    With --merge, articles get what has changed in their seeds, or what conversion does better by now.
    Lines that you changed stay as they are. Where both changed the same lines, the article is left
    alone, SLUG.conflict.md beside it shows both, and the command ends with 3.

    \b
    Example:
      sitegen convert --dry-run
      sitegen convert
      sitegen convert --merge --dry-run seeds/harbour.txt
    """
    from sitegen import build, output

    if mine and not merge:
        raise UsageError("--mine goes with --merge", code="usage", hint="add --merge")
    folder = digest.find_root(root)
    settings = config.load(folder)
    options = build.Options(digest.read_now(now, settings), convert="memory" if dry_run else "write")
    only = _names(folder, seeds)
    merged: MergeReport | None = None
    with ExitStack() as held:
        if not dry_run:
            held.enter_context(output.lock(folder, command="convert", since=options.now))
        if merge:
            step = _Progress("merging", quiet=as_json)
            merged = build.merge(folder, settings, options, mine=mine, only=only, progress=step)
        step = _Progress("converting", quiet=as_json)
        report = build.convert(folder, settings, options, only, step)
    # A merge has said already what became of seeds that changed.
    converted = (one for one in report.problems if not (merge and one.code == "seed-changed"))
    problems = (*(merged.problems if merged else ()), *converted)
    _sum_up(report, problems)
    if as_json:
        code = _exit_code(problems)
        say.result({"ok": code == 0, **_as_dict(report, merged, dry_run), "problems": _dicts(problems)})
        return code
    say.problems(problems)
    _show(report, merged, dry_run)
    return _exit_code(problems)


def _sum_up(report: ConvertReport, problems: Sequence[Problem]) -> None:
    if report.created or problems:
        made = ", ".join(planned.path for planned in report.created)
        actions.summary("Conversion", {"New articles": made or "none"}, problems)


def _names(root: Path, seeds: Iterable[Path]) -> frozenset[str] | None:
    """The seeds that are meant, by their paths from the digest's folder; None for all of them."""
    names = []
    for seed in seeds:
        beside = next((path for path in (seed, root / seed) if path.is_file()), None)
        whole = beside.absolute() if beside else root / seed
        if beside is None or not whole.resolve().is_relative_to((root / "seeds").resolve()):
            said = "is no file" if beside is None else "is not in the digest's seeds/"
            raise UsageError(f"{seed} {said}", code="seed-missing", hint="name files in seeds/")
        names.append(whole.resolve().relative_to(root.resolve()).as_posix())
    return frozenset(names) if names else None


def _exit_code(problems: Sequence[Problem]) -> int:
    if any(problem.code == "merge-conflict" for problem in problems):
        return MergeConflict.exit_code
    return int(any(problem.severity == "error" for problem in problems))


def _as_dict(report: ConvertReport, merged: MergeReport | None, dry_run: bool) -> dict[str, object]:
    made = [planned.path for planned in report.created]
    said: dict[str, object] = {
        "created": [] if dry_run else made,
        "would_create": made if dry_run else [],
        "skipped": report.skipped,
    }
    if merged is None:
        return said
    changed = [_change(change, with_diff=dry_run) for change in merged.merged]
    return {
        **said,
        "merged": [] if dry_run else changed,
        "would_merge": changed if dry_run else [],
        "conflicts": [_change(change, with_diff=dry_run) for change in merged.conflicts],
        "unchanged": merged.unchanged,
    }


def _change(change: Change, *, with_diff: bool) -> dict[str, object]:
    said: dict[str, object] = {"seed": change.seed, "path": change.path}
    if change.conflict:
        said["conflict"] = change.conflict
    if with_diff:
        said["diff"] = "\n".join(_diff(change))
    return said


def _dicts(problems: Iterable[Problem]) -> list[dict[str, object]]:
    return [problem.as_dict() for problem in problems]


def _show(report: ConvertReport, merged: MergeReport | None, dry_run: bool) -> None:
    for change in merged.merged if merged else ():
        say.line(f"{'would merge' if dry_run else 'merged    '}  {change.path}")
        _show_diff(change, dry_run)
    for change in merged.conflicts if merged else ():
        say.line(
            f"conflict    {change.path}: both are in {change.conflict}"
            if not dry_run
            else f"would conflict  {change.path}"
        )
        _show_diff(change, dry_run)
    for planned in report.created:
        say.line(f"{'would make' if dry_run else 'converted '}  {planned.path}")
        if dry_run:
            say.line("\n".join(f"  + {line}" for line in planned.text.splitlines()))
    if report.created or (merged and (merged.merged or merged.conflicts)):
        return
    if merged is None:
        say.line("Every seed has its article already: nothing to convert.")
    else:
        say.line("Nothing to convert, and nothing new to merge.")


def _show_diff(change: Change, dry_run: bool) -> None:
    if dry_run:
        for line in _diff(change):
            say.line("  " + click.style(line, fg=_COLOURS.get(line[:1])))


def _diff(change: Change) -> list[str]:
    """The change as a unified diff; line ends, which a merge keeps, are not shown."""
    before, after = change.before.splitlines(), change.after.splitlines()
    return list(unified_diff(before, after, f"a/{change.path}", f"b/{change.path}", lineterm=""))


class _Progress:
    """Told how many seeds are done: a count on a terminal; elsewhere a line at each quarter of many."""

    MANY = 200

    def __init__(self, doing: str, quiet: bool) -> None:
        self._doing, self._quiet = doing, quiet
        self._terminal = say.is_terminal(sys.stderr)

    def __call__(self, done: int, total: int) -> None:
        if self._quiet:
            return
        said = f"{self._doing} {done:,} of {total:,}"
        if self._terminal:
            click.echo("\r\x1b[K" + (said if done < total else ""), err=True, nl=False)
        elif total >= self.MANY and done % max(1, total // 4) == 0:
            click.echo(said, err=True)
