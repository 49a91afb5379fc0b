"""`convert --merge`: what a changed seed, or a better converter, brings to articles that exist.

Three texts meet line by line: the base (what conversion wrote then), the article as its editor has
it, and what conversion makes of the seed now. An article is written before its base: a crash
between the two leaves an article that has the new lines already, and the next merge finds so.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from datetime import date as Day
from pathlib import Path

from sitegen import frontmatter
from sitegen.errors import ContentError, Problem, SiteError
from sitegen.seeds import batch
from sitegen.seeds.batch import Progress
from sitegen.seeds.known import ARTICLES, BASE, Head, head_of, heads
from sitegen.seeds.merge import files
from sitegen.seeds.merge.one import Doubt, Outcome, merge_one
from sitegen.seeds.merge.tokens import plain
from sitegen.seeds.read import relative, seed_files
from sitegen.seeds.write import seed_name
from sitegen.strictyaml import YamlError

Check = Callable[[str, str], Sequence[Problem]]
_ID = re.compile(r"[a-z0-9][a-z0-9-]{3,63}\Z")


@dataclass(frozen=True, slots=True)
class Change:
    """What a merge does, or would do, to one article; texts are without a byte order mark.

    `conflict` is the file beside the article that has the conflicts, where there are any: the
    article then keeps its bytes, and `after` is the text with both sides of each.
    """

    seed: str
    path: str
    before: str
    after: str
    conflict: str | None = None


@dataclass(frozen=True, slots=True)
class MergeReport:
    """What became of the articles whose seeds are there. `unchanged` are paths of articles."""

    merged: tuple[Change, ...]
    conflicts: tuple[Change, ...]
    unchanged: tuple[str, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Options:
    """How to merge. `check` gives the problems of an article (its path, its text): a merge adds
    none. `mine` settles conflicts in favour of the editor's lines; without `write` nothing is written.
    """

    check: Check
    mine: bool = False
    write: bool = True


@dataclass(frozen=True, slots=True)
class _Known:
    """A seed, the article that was made of it, and what conversion wrote then (`wrote` is its head)."""

    root: Path
    seed: Path
    article: Path
    base: Path
    base_text: str
    wrote: Head

    @property
    def job(self) -> batch.Job:
        """Its conversion today, with all that a merge never changes as it was."""
        return batch.Job(self.seed, self.wrote.status, Day.fromisoformat(self.wrote.added), self.wrote.slug)


def merge_known(
    root: Path,
    options: Options,
    *,
    limit: int = 1 << 20,
    page_limit: int = 8 << 20,
    language: str = "en",
    only: Collection[str] | None = None,
    progress: Progress | None = None,
    executor: Executor | None = None,
) -> MergeReport:
    """Merge what conversion makes now of every seed into the article that was made of it then.

    `only` names the seeds that are wanted, by their paths from `root`; the rest is as in `preview`.
    What goes wrong with one article is a problem in the report (a conflict has the code
    merge-conflict) and does not stop the others.
    """
    found = list(_articles(root, only))
    problems = [one for one in found if isinstance(one, Problem)]
    todo = [one for one in found if isinstance(one, _Known)]
    setting = batch.Setting(root, limit, page_limit, language)
    changes: list[Change] = []
    unchanged: list[str] = []
    made = batch.run(setting, [one.job for one in todo], progress, executor)
    for one, new in zip(todo, made, strict=True):
        problems += new.problems
        if new.text is None:
            continue
        try:
            change, doubts = _merge(one, new, options)
        except SiteError as error:
            problems += error.problems
            continue
        problems += doubts
        if change:
            changes.append(change)
        else:
            unchanged.append(relative(root, one.article))
    return MergeReport(
        merged=tuple(change for change in changes if not change.conflict),
        conflicts=tuple(change for change in changes if change.conflict),
        unchanged=tuple(unchanged),
        problems=tuple(problems),
    )


# ---------------------------------------------------------------- which articles


def _articles(root: Path, only: Collection[str] | None) -> Iterator[_Known | Problem]:
    """The seeds that have an article, with it and its base; a problem where that does not do.

    A seed is known by its file name; by its bytes where the file that an article names is not there.
    """
    seeds = seed_files(root)
    names = {seed_name(relative(root, path)): path for path in seeds}
    by_hash: dict[str, Path] | None = None
    seen: dict[str, Path] = {}
    for head in heads(root, ARTICLES):
        seed = names.get(head.file)
        if seed is None and head.sha256:
            if by_hash is None:
                by_hash = {_digest(path): path for path in reversed(seeds)}
            seed = by_hash.get(head.sha256)
        if seed is None or (only is not None and relative(root, seed) not in only):
            continue
        first = seen.setdefault(head.id, head.path)
        yield _known(root, seed, head) if first == head.path else _twice(root, head, first)


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""


def _known(root: Path, seed: Path, head: Head) -> _Known | Problem:
    base = root / BASE / f"{head.id}.md"
    if not _ID.match(head.id):
        return _lost(root, head, "its id is no name of a file")
    try:
        text = base.read_text(encoding="utf-8")
        wrote = head_of(text, base)
        Day.fromisoformat(wrote.added)
        frontmatter.load(text)
    except FileNotFoundError:
        return _lost(root, head, f"{BASE}/{head.id}.md is not there")
    except (OSError, ValueError, YamlError):
        return _lost(root, head, f"{BASE}/{head.id}.md cannot be read")
    return _Known(root, seed, head.path, base, text, wrote)


def _lost(root: Path, head: Head, why: str) -> Problem:
    return Problem(
        f"not merged, because nobody can say what its editor changed: {why}",
        "merge-no-base",
        relative(root, head.path),
        hint=f"bring {BASE}/ back from version control; or move the article away, run "
        "`sitegen convert`, and put your changes into the new one",
        severity="warning",
    )


def _twice(root: Path, head: Head, first: Path) -> Problem:
    return Problem(
        f"not merged: {relative(root, first)} has the id {head.id} too",
        "merge-id-twice",
        relative(root, head.path),
        hint="give the copy an id of its own, or delete it",
    )


# ---------------------------------------------------------------- one article


def _merge(one: _Known, new: batch.Made, options: Options) -> tuple[Change | None, Sequence[Problem]]:
    """What changes, if anything, and what there is to say. Raises SiteError where the article cannot
    be read or written."""
    if new.text == one.base_text:
        if options.write:
            files.drop_conflict(one.article.resolve())
        return None, ()
    original = files.read(one.root, one.article)
    path = original.name
    try:
        outcome = merge_one(
            one.base_text, original.text, new.text or "", lambda text: options.check(path, text),
            prefer_mine=options.mine,
        )  # fmt: skip
    except YamlError as error:
        raise ContentError.of(replace(problem, path=path) for problem in error.problems) from None
    beside = files.conflict_name(original.path) if outcome.doubt else None
    if options.write:
        try:
            _write(one, original, outcome, beside)
        except OSError as error:
            raise _unwritten(path, error) from None
    if outcome.doubt and beside:
        name = one.article.with_name(beside.name)
        change = Change(new.seed, path, original.text, outcome.text, relative(one.root, name))
        return change, [_conflict(change, outcome.doubt, written=options.write)]
    if outcome.text == original.text:
        return None, ()
    return Change(new.seed, path, original.text, outcome.text), ()


def _write(one: _Known, original: files.Original, outcome: Outcome, beside: Path | None) -> None:
    """The article, then its base; or the conflict beside it, and nothing else."""
    if beside:
        files.put_conflict(beside, outcome.text)
        return
    if outcome.text != original.text and not files.write_over(original, outcome.text):
        raise ContentError(
            "not merged: the file was saved, or moved, while it was being merged",
            code="merge-saved-meanwhile",
            path=original.name,
            hint="nothing of yours was touched; run `sitegen convert --merge` again",
        )
    if outcome.base != one.base_text:
        files.swap(one.base, outcome.base.encode("utf-8"))
    files.drop_conflict(original.path)


def _unwritten(path: str, error: OSError) -> ContentError:
    return ContentError(
        f"not merged, because it cannot be written: {(error.strerror or str(error)).lower()}",
        code="merge-unwritten",
        path=path,
        hint="the article is as it was, or merged whole; mend the cause and run the command again",
    )


def _conflict(change: Change, doubt: Doubt, *, written: bool) -> Problem:
    lines = plain(change.before).split("\n")
    where = f"{change.conflict} shows" if written else "the file beside it would show"
    return Problem(
        doubt.message,
        "merge-conflict",
        change.path,
        doubt.line,
        1,
        f"your file is as it was; {where} both. Take from it what you want, then run "
        f"`sitegen convert --merge --mine {change.seed}` to keep your lines elsewhere",
        lines[min(doubt.line, len(lines)) - 1],
    )
