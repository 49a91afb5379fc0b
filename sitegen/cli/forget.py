from __future__ import annotations

import shlex
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from sitegen import config
from sitegen.cli import digest, say
from sitegen.errors import UsageError

if TYPE_CHECKING:
    from sitegen import takedown

# A renamed file is one that went and one that came: so every name that an id had is found.
_NAMES = ("log", "--all", "--no-renames", "--name-only", "--format=")
_COMMITS = ("log", "--all", "--format=%H", "--")


@dataclass(frozen=True, slots=True)
class History:
    """What git still has: the number of commits, the files in them, the command that takes them out."""

    commits: int
    paths: tuple[str, ...]
    command: str


@click.command("forget")
@click.argument("article_id", metavar="ID")
@digest.at_root
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where the site is.  [default: public]")
@click.option("--reason", help="What the notice says.  [default: removed at its rights holder's request]")
@click.option("--yes", is_flag=True, help="Do not ask.")
@digest.at_now
@digest.as_json
def command(
    article_id: str,
    root: Path | None,
    output: Path | None,
    reason: str | None,
    yes: bool,
    now: str | None,
    as_json: bool,
) -> None:
    """Remove an article for good, as after a legal takedown, and publish the site without it.

    The article, its seed, what merges kept of it, its lines in the ledgers, all caches and the site kept for
    `rollback` go. At its address a notice says so, or there is nothing: `forgotten` in sitegen.yaml. What
    git still holds is told, with the command that removes it there.

    \b
    Example:
      sitegen forget 010f33439894
      sitegen forget 010f33439894 --yes --json
    """
    from sitegen import takedown
    from sitegen.options import Options

    folder = digest.find_root(root)
    settings = config.load(folder)
    public = (output or folder / "public").absolute()
    traces = takedown.find(folder, article_id)
    if not yes:
        _ask(traces, as_json)
    options = Options(digest.read_now(now, settings), skip_faulty=True, convert="none")
    done = takedown.forget(folder, settings, traces, options, public, reason or takedown.REASON)
    history = _history(folder, traces, done.left)
    if as_json:
        git = asdict(history) if history else None
        say.result({"id": article_id, **asdict(done), "pictures": traces.pictures, "git": git})
        return
    _tell(traces, done, history)


def _ask(traces: takedown.Traces, as_json: bool) -> None:
    if as_json or not say.is_terminal(sys.stdin):
        raise UsageError(
            "this cannot be undone, so it wants to be confirmed", code="forget-unconfirmed",
            hint="say --yes; nothing was changed",
        )  # fmt: skip
    for path in traces.all:
        say.line(f"will go  {path}")
    click.confirm("Remove all of this for good?", abort=True)


def _tell(traces: takedown.Traces, done: takedown.Forgotten, history: History | None) -> None:
    for path in done.removed:
        say.line(f"removed  {path}")
    say.line(f"left     {done.left}  (its id, so that it does not come back: commit it)")
    say.line("removed  caches, and the site kept for rollback")
    say.line(f"At {done.notice} stands a notice now." if done.notice else "Nothing stands at its address.")
    if done.rebuilt:
        say.line("The site was published without it: deploy it.")
    for path in traces.pictures:
        say.line(f"A picture that it named is yours to remove: {path}")
    if history:
        say.line(f"Git still holds it, in {say.plural(history.commits, 'commit')}. Commit, then take it out:")
        say.line(f"  {history.command}")
        say.line("Then push with --force, and let everybody clone anew.")
    say.line("Hosts and CI keep what was deployed before: docs/forgetting.md says where.")


def _history(folder: Path, traces: takedown.Traces, left: str) -> History | None:
    """The commits that have the article under any of its names; None without git, or with nothing in it."""
    (above, *_) = (*_git(folder, "rev-parse", "--show-prefix"), "")
    known = {above + path for path in traces.all}
    known |= set(_git(folder, *_NAMES, f"-S{traces.id}", "--", "content/articles", "content/.base"))
    found = {path: _git(folder, *_COMMITS, f":(top){path}") for path in sorted(known - {above + left})}
    held = {path: commits for path, commits in found.items() if commits}
    if not held:
        return None
    words = ["git", "filter-repo", "--invert-paths", *(f"--path={path}" for path in held)]
    number = len({commit for commits in held.values() for commit in commits})
    return History(number, tuple(held), shlex.join(words))


def _git(folder: Path, *words: str) -> list[str]:
    asked = ["git", "-C", str(folder), "-c", "core.quotepath=off", *words]
    try:
        answer = subprocess.run(asked, capture_output=True, text=True, timeout=60, check=True)
    except (OSError, subprocess.SubprocessError):
        return []
    return [line for line in answer.stdout.splitlines() if line]
